"use strict";
(() => {
  const PAGE = 100;
  const EVIDENCE = 7;
  const table = document.getElementById("questions-table");
  if (!table) return;
  const body = table.tBodies[0];
  const headings = [...table.tHead.rows[0].cells];
  const numeric = headings.map((heading) => heading.classList.contains("number"));
  const data = document.getElementById("questions-data");
  const rows = data ? unpacked(JSON.parse(data.textContent)) : [...body.rows].map(standing);
  const size = data ? PAGE : Infinity;
  let shown = rows;
  let start = 0;

  function standing(row) {
    return { cells: [...row.cells].map((cell) => cell.textContent.trim()), row };
  }

  function column(told) {
    if (told.t) return told.t;
    if (told.d) return told.i.map((at) => told.d[at]);
    const found = [];
    let before = "";
    for (let at = 0; at < told.f.length; at += 2) {
      before = before.slice(0, told.f[at]) + told.f[at + 1];
      found.push(before);
    }
    return found;
  }

  function unpacked(told) {
    const columns = told.columns.map(column);
    return Array.from({ length: told.rows }, (_, at) => ({ cells: columns.map((one) => one[at]), row: null }));
  }

  function laid(one) {
    if (one.row) return one.row;
    const row = document.createElement("tr");
    one.cells.forEach((text, at) => {
      const cell = row.insertCell();
      if (numeric[at]) cell.className = "number";
      if (at === EVIDENCE && /^https?:\/\/[^\s<>"'`\\^{|}]+$/i.test(text)) {
        const link = document.createElement("a");
        link.href = text;
        link.rel = "noopener noreferrer";
        link.textContent = text;
        cell.append(link);
      } else {
        cell.textContent = text;
      }
    });
    one.row = data ? null : row;
    return row;
  }

  function show() {
    const end = Math.min(shown.length, start + size);
    body.replaceChildren(...shown.slice(start, end).map(laid));
    const found = shown.length.toLocaleString("en");
    const few = end - start < shown.length ? `, ${start + 1} to ${end} shown` : "";
    document.getElementById("found").textContent = `${found} of ${rows.length.toLocaleString("en")} questions${few}`;
    document.getElementById("pager").hidden = shown.length <= size;
    document.getElementById("earlier").disabled = start === 0;
    document.getElementById("later").disabled = end === shown.length;
  }

  function search() {
    const words = document.getElementById("search").value.toLowerCase().split(/\s+/).filter(Boolean);
    shown = rows.filter((one) => {
      const text = one.cells.join("\u0001").toLowerCase();
      return words.every((word) => text.includes(word));
    });
    start = 0;
    show();
  }

  function key(text, at) {
    if (!numeric[at]) return text === "–" ? null : text.toLowerCase();
    const value = parseFloat(text.replace("−", "-"));
    return Number.isNaN(value) ? null : value;
  }

  function sort(at) {
    const falling = headings[at].getAttribute("aria-sort") === "ascending";
    headings.forEach((heading) => heading.removeAttribute("aria-sort"));
    headings[at].setAttribute("aria-sort", falling ? "descending" : "ascending");
    const way = falling ? -1 : 1;
    const keyed = rows.map((one, place) => ({ one, place, key: key(one.cells[at], at) }));
    keyed.sort((a, b) => {
      if (a.key === null || b.key === null) return (a.key === null) - (b.key === null) || a.place - b.place;
      return a.key < b.key ? -way : a.key > b.key ? way : a.place - b.place;
    });
    rows.splice(0, rows.length, ...keyed.map((each) => each.one));
    search();
  }

  headings.forEach((heading, at) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = heading.textContent;
    button.addEventListener("click", () => sort(at));
    heading.replaceChildren(button);
  });
  headings[0].setAttribute("aria-sort", "ascending");
  document.getElementById("search").addEventListener("input", search);
  for (const [name, way] of [["earlier", -PAGE], ["later", PAGE]]) {
    document.getElementById(name).addEventListener("click", () => {
      start = Math.max(0, start + way);
      show();
      table.scrollIntoView({ block: "start" });
    });
  }
  const without = document.getElementById("without-script");
  if (without) without.hidden = true;
  document.getElementById("finder").hidden = false;
  show();
})();
