"""The user's settings: one TOML file that is read at the start, written when something is changed, and never required.

A file that cannot be read, or a value that is none, is told and left as it is; the default goes on in its place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from ledger.domain.policies import Policy
from ledger.domain.words import did_you_mean

FORMS = ("0-1", "0-2")
THEMES = ("auto", "ledger-dark", "ledger-light", "textual-ansi")


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user has chosen; ``None`` leaves it to the computer."""

    theme: str = "auto"
    """``auto`` follows the terminal's background where it tells one, and is dark else."""
    zone: str | None = None
    """The IANA zone in which plain days are read."""
    scale: str = "icd-203"
    """The verbal scale that a hedge is read on where none is named."""
    policy: str = Policy.TIME_AVERAGE.value
    forecaster: str | None = None
    """Under which name the user's own forecasts are kept."""
    form: str = "0-1"
    """The Brier score's form: 0 to 1, or the original 0 to 2."""
    compact: bool = False
    keys: Mapping[str, str] = field(default_factory=dict)
    """Keys by the name of the action: ``"review.yes" = "j"``."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """Settings, and a line for each thing in the file that is not taken."""

    settings: Settings
    problems: tuple[str, ...] = ()


def settings_path() -> Path:
    """Where the file is; ``FORECAST_CONFIG`` names another."""
    import os

    if told := os.environ.get("FORECAST_CONFIG"):
        return Path(told)
    from platformdirs import user_config_path

    return user_config_path("forecast-ledger", appauthor=False) / "config.toml"


def load(path: Path) -> Loaded:
    """Read the file; where there is none, the defaults."""
    if not path.exists():
        return Loaded(Settings())
    import tomllib

    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        return Loaded(Settings(), (f"{path} is not read ({problem}); the defaults go on",))
    return _read(told, path)


def _read(told: Mapping[str, Any], path: Path) -> Loaded:
    settings, problems = Settings(), []
    names = [one.name for one in fields(Settings)]
    for name, value in told.items():
        problem = _wrong(name, value, names)
        if problem is None:
            settings = replace(settings, **{name: value})
        else:
            problems.append(f"{path}: {problem}")
    return Loaded(settings, tuple(problems))


def _wrong(name: str, value: object, names: list[str]) -> str | None:
    """What is wrong with one setting, if anything."""
    if name not in names:
        return f"{name!r} is no setting{did_you_mean(name, names) or '; there are ' + ', '.join(names)}"
    allowed = {"theme": THEMES, "form": FORMS, "policy": tuple(Policy)}.get(name)
    if allowed and value not in allowed:
        return f"{name} = {value!r} is none of: {', '.join(allowed)}"
    if name == "compact" and not isinstance(value, bool):
        return f"compact = {value!r} is neither true nor false"
    if name == "keys":
        return None if _is_keys(value) else '[keys] takes lines such as: "review.yes" = "j"'
    if name in ("zone", "scale", "forecaster") and not isinstance(value, str):
        return f"{name} = {value!r} is no text"
    return None


def _is_keys(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(one, str) for one in value.values())


def save(path: Path, settings: Settings) -> None:
    """Write the settings that differ from the defaults; the file is whole or as it was."""
    from ledger.formats.atomic import atomic_text

    default = Settings()
    lines = [
        f"{one.name} = {_toml(getattr(settings, one.name))}\n"
        for one in fields(Settings)
        if one.name != "keys" and getattr(settings, one.name) != getattr(default, one.name)
    ]
    if settings.keys:
        lines += ["\n[keys]\n", *(f"{_toml(name)} = {_toml(keys)}\n" for name, keys in settings.keys.items())]
    path.parent.mkdir(parents=True, exist_ok=True)
    with atomic_text(path, force=True) as out:
        out.write("".join(lines))


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    import json

    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")
