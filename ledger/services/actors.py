"""Finding or recording the people and publications that entries refer to."""

from __future__ import annotations

import os
from collections.abc import Mapping

from ledger.domain.text import quoted
from ledger.domain.words import clean_input, did_you_mean, needed_input
from ledger.errors import NotFoundError
from ledger.journal.entry import Draft
from ledger.storage.driver import Driver
from ledger.storage.writing import Transaction

UNKNOWN = "unknown"


def default_forecaster() -> str:
    """Who states a forecast where nobody is named: ``FORECAST_FORECASTER``, or ``me``."""
    return os.environ.get("FORECAST_FORECASTER") or "me"


def forecaster_number(driver: Driver, name: str) -> int | None:
    """The number of a forecaster of that name, if there is one."""
    row = driver.one("SELECT id FROM forecaster WHERE name = ?", (name,))
    return None if row is None else int(row[0])


def known_forecaster(driver: Driver, name: str, field: str) -> int:
    """The number of a forecaster who is there; raises ``NotFoundError`` with the near names, naming the ``field``."""
    number = forecaster_number(driver, clean_input(name, field))
    if number is not None:
        return number
    names = [known for (known,) in driver.all("SELECT name FROM forecaster WHERE name IS NOT NULL ORDER BY id")]
    several = ", ".join(map(quoted, names[:5])) + (" and others" if len(names) > 5 else "")
    listed = f"; there are {several}" if names else ""
    raise NotFoundError(f"{field}: there is no forecaster {quoted(name)}{did_you_mean(name, names) or listed}")


def next_number(driver: Driver, table: str) -> int:
    """The number after the last one of ``table``."""
    row = driver.one(f"SELECT COALESCE(MAX(id), 0) + 1 FROM {table}")
    return int(row[0]) if row else 1


def ensure_forecaster(work: Transaction, name: str) -> int:
    """The number of the forecaster called ``name``, recorded now if it is new."""
    name = needed_input(name, "--forecaster", "name who states the forecast", limit=200)
    number = forecaster_number(work.driver, name)
    if number is None:
        number = next_number(work.driver, "forecaster")
        work.append([Draft.of("forecaster", {"forecaster": number}, {"name": name})])
    return number


def ensure_source(work: Transaction, words: Mapping[str, str | None], published: str | None = None) -> int:
    """The number of a publication, recorded now if none is there with the same words."""
    known = {name: words.get(name) for name in ("author", "title", "publisher", "url", "archive")}
    tests = " AND ".join(f"COALESCE({name}, '') = ?" for name in (*known, "published"))
    values = [value or "" for value in (*known.values(), published)]
    row = work.driver.one(f"SELECT id FROM source WHERE {tests} ORDER BY id", values)
    if row is not None:
        return int(row[0])
    number = next_number(work.driver, "source")
    work.append([Draft.of("source", {"source": number, "published": published}, known)])
    return number


def source_words(told: str) -> dict[str, str | None]:
    """A source given in one word: a URL, or a title."""
    cleaned = needed_input(told, "--source", "give a URL or a title", limit=2000)
    return {"url" if "://" in cleaned else "title": cleaned}
