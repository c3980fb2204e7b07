"""Writing the settings into their file, line by line, so that the user's own comments and lines stay."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path

from ledger.errors import StoreError
from ledger.services.settings import Settings, read_settings

_TABLE = re.compile(r"\s*\[")
_KEYS = re.compile(r"\s*\[\s*keys\s*\]\s*(#.*)?")


def write(path: Path, settings: Settings) -> None:
    """Write ``settings``; raises ``StoreError`` where that cannot be, and leaves the file as it was."""
    from ledger.formats.atomic import atomic_text

    text = _changed(_text_of(path), settings)
    if not _says(text, settings):  # there are lines that cannot be changed one by one, such as a table on one line
        text = _changed("", settings)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise StoreError(f"the settings cannot be written: {path.parent}: {problem.strerror}") from problem
    with atomic_text(path.resolve(), force=True) as out:
        out.write(text)


def _text_of(path: Path) -> str:
    try:
        text = path.read_text(encoding="utf-8")
        tomllib.loads(text)
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except (OSError, ValueError) as problem:
        raise StoreError(
            f"{path} cannot be read ({problem}): mend it or take it away; nothing was written"
        ) from problem
    return text


def _says(text: str, settings: Settings) -> bool:
    try:
        return read_settings(tomllib.loads(text), Path()).settings == settings
    except tomllib.TOMLDecodeError:
        return False


def _changed(text: str, settings: Settings) -> str:
    """``text`` with the lines of ``settings`` in place of its own, the new ones at the end of their part."""
    lines = text.splitlines()
    first_table = next((at for at, line in enumerate(lines) if _TABLE.match(line)), len(lines))
    top, rest = lines[:first_table], lines[first_table:]
    default = Settings()
    for one in fields(Settings):
        value = getattr(settings, one.name)
        if one.name != "keys":
            _set(top, one.name, None if value == getattr(default, one.name) else _toml(value))
    return "".join(f"{line}\n" for line in top + _with_keys(rest, settings.keys, gap=bool(top)))


def _with_keys(lines: list[str], keys: Mapping[str, str], *, gap: bool) -> list[str]:
    """The tables of the file, the one of the keys changed, or put at the end where there is none."""
    start = next((at for at, line in enumerate(lines) if _KEYS.fullmatch(line)), None)
    if start is None:
        return lines if not keys else [*lines, *([""] if gap or lines else []), "[keys]", *_key_lines(keys)]
    end = next((at for at in range(start + 1, len(lines)) if _TABLE.match(lines[at])), len(lines))
    inside = lines[start + 1 : end]
    for name in tomllib.loads("\n".join(inside)):
        if name not in keys:
            _set(inside, name, None)
    for name, told in keys.items():
        _set(inside, name, _toml(told))
    return [*lines[: start + 1], *inside, *lines[end:]]


def _key_lines(keys: Mapping[str, str]) -> list[str]:
    return [f"{_toml(name)} = {_toml(told)}" for name, told in keys.items()]


def _set(lines: list[str], name: str, value: str | None) -> None:
    """Put a setting's line where it stands, or after the last line that says something; ``None`` takes it out."""
    written = "|".join(map(re.escape, (name, _toml(name), f"'{name}'")))
    named = re.compile(rf"\s*(?:{written})\s*=")
    at = next((place for place, line in enumerate(lines) if named.match(line)), None)
    if value is None:
        if at is not None:
            del lines[at]
        return
    told = f"{name if name.isidentifier() else _toml(name)} = {value}"
    if at is not None:
        lines[at] = told
    else:
        last = max((place for place, line in enumerate(lines) if line.strip()), default=-1)
        lines.insert(last + 1, told)


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")
