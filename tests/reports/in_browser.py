"""A report in a browser without a window: what axe-core finds in it, and what its script makes of it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
DARK = ("--blink-settings=preferredColorScheme=0",)
_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
_TOLD = re.compile(r'<pre id="told">(.*?)</pre>', re.DOTALL)


def chromium() -> str:
    """The browser; the test is skipped where there is none."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.skip("chromium is absent")
    return found


def axe() -> str:
    """The source of axe-core, by AXE_CORE or npm; the test is skipped where there is none."""
    told = os.environ.get("AXE_CORE")
    found = Path(told) if told else _of_npm()
    if found is not None and found.is_dir():
        found = found / "axe.min.js"
    if found is None or not found.is_file():
        pytest.skip("axe-core is absent: npm install axe-core, or name axe.min.js in AXE_CORE")
    return found.read_text(encoding="utf-8")


def _of_npm() -> Path | None:
    npm = shutil.which("npm")
    for more in ((), ("--global",)) if npm else ():
        root = subprocess.run([str(npm), "root", *more], capture_output=True, text=True, timeout=60)
        path = Path(root.stdout.strip()) / "axe-core"
        if root.returncode == 0 and path.is_dir():
            return path
    return None


def asked(page: str, folder: Path, script: str, *options: str) -> Any:
    """What ``script`` gives back (JSON, or a promise of it) in a copy of the page that lets it run.

    ``--js-flags`` and such are ``options`` of the browser. Errors of any script are told under ``errors``.
    """
    heard = "window.errors = []; window.addEventListener('error', (told) => window.errors.push(told.message));"
    tell = (
        "Promise.resolve().then(() => {" + script + "}).then((told) => {"
        "const pre = document.createElement('pre'); pre.id = 'told';"
        "pre.textContent = JSON.stringify({told, errors: window.errors}); document.body.append(pre); });"
    )
    copy = folder / "page.html"
    open_page = _POLICY.sub("", page).replace("<head>", f"<head><script>{heard}</script>", 1)
    copy.write_text(open_page.replace("</body>", f"<script>{tell}</script></body>"), encoding="utf-8")
    found = _TOLD.search(_dumped(copy, folder, options))
    assert found is not None, "the browser told nothing"
    answer = json.loads(found[1].replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
    assert answer["errors"] == []
    return answer["told"]


def _dumped(copy: Path, folder: Path, options: tuple[str, ...]) -> str:
    told = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'browser'}", *options]
    command = [chromium(), *told, "--virtual-time-budget=20000", "--dump-dom", copy.as_uri()]
    return subprocess.run(command, capture_output=True, text=True, timeout=120).stdout


def violations(page: str, folder: Path, *options: str) -> list[str]:
    """What axe-core finds wrong, with the rule and the place."""
    script = axe() + ";return axe.run().then((found) => found.violations.flatMap((one) => one.nodes.map("
    script += "(node) => one.id + ': ' + node.html.slice(0, 120))));"
    found: list[str] = asked(page, folder, script, *options)
    return found
