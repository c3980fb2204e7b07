"""The channels that the user set up: in ``reminders.toml`` beside the settings, or in the environment.

::

    allow = ["ntfy.lan", "localhost"]         # hosts that may be private, and without encryption

    [channels]
    mail = "mailtos://me:password@example.org"
    phone = "ntfys://ntfy.lan/topic"
    desktop = "desktop://"
    terminal = false

``FORECAST_CHANNELS`` (``name=url``, separated by white space) takes the file's place, with
``FORECAST_CHANNELS_ALLOW``. No message of this module quotes an address.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ledger.services.channels import Channel
from ledger.services.channels.addresses import Address
from ledger.services.channels.building import Unbuilt, allowed_hosts, built
from ledger.services.channels.reading_private import private_toml
from ledger.services.channels.schemes import TERMINAL

VARIABLE, ALLOW_VARIABLE = "FORECAST_CHANNELS", "FORECAST_CHANNELS_ALLOW"
FILE = "reminders.toml"
_OFF = frozenset({"off", "false", "no"})


@dataclass(frozen=True, slots=True)
class Told:
    """What was set up, unchecked: where, names with addresses (``None``: set up away), and hosts."""

    where: str
    channels: Mapping[str, Address | None] = field(default_factory=dict)
    allow: tuple[str, ...] = ()
    problem: str | None = None


def channels(environ: Mapping[str, str], terminal: Channel) -> list[Channel] | str:
    """The channels in the order they were set up, then ``terminal``; or the line that says what is wrong with one."""
    told = told_by(environ)
    found = told if told.problem else _built(told)
    if isinstance(found, Told):
        return f"{found.where}: {found.problem}"
    silent = any(name in told.channels and told.channels[name] is None for name in (TERMINAL, terminal.name))
    taken = terminal.name in {one.name for one in found}
    return found if silent or taken else [*found, terminal]


def _built(told: Told) -> list[Channel] | Told:
    allowed, problem = allowed_hosts(told.allow)
    if problem is not None:
        return Told(told.where, problem=problem)
    found: list[Channel] = []
    for name, address in told.channels.items():
        if name == TERMINAL or address is None:
            continue
        one = built(name, address, allowed)
        if isinstance(one, Unbuilt):
            return Told(told.where, problem=one.problem)
        found.append(one)
    return found


def told_by(environ: Mapping[str, str]) -> Told:
    """What the environment says, or else the file."""
    if (told := environ.get(VARIABLE)) is not None:
        return _from_words(told.split(), tuple(environ.get(ALLOW_VARIABLE, "").split()))
    path = reminders_path(environ)
    found = private_toml(path)
    return Told(str(path), problem=found) if isinstance(found, str) else _from_tables(found, str(path))


def reminders_path(environ: Mapping[str, str]) -> Path:
    """Where the file is: beside the settings, which ``FORECAST_CONFIG`` may name."""
    if told := environ.get("FORECAST_CONFIG"):
        return Path(told).with_name(FILE)
    from platformdirs import user_config_path

    return user_config_path("forecast-ledger", appauthor=False) / FILE


def _from_words(words: list[str], allow: tuple[str, ...]) -> Told:
    found: dict[str, Address | None] = {}
    for place, word in enumerate(words, start=1):
        name, url = _parted(word)
        if name in found:
            return Told(VARIABLE, problem=f"channel {place} has the name of another; give each one its own: name=url")
        found[name] = None if url in _OFF else Address(url)
    return Told(VARIABLE, found, allow)


def _parted(word: str) -> tuple[str, str]:
    """Name and URL; one without a name is called after its scheme."""
    name, equals, url = word.partition("=")
    if equals and "://" not in name:
        return name, url
    return word.partition("://")[0].partition("+")[0].lower() if "://" in word else "", word


def _from_tables(tables: Mapping[str, object], where: str) -> Told:
    tables = dict(tables)
    allow, lines = tables.pop("allow", []), tables.pop("channels", {})
    if tables:
        return Told(
            where, problem="beside allow = […] and [channels] there is nothing to set here; move or remove the rest"
        )
    if not isinstance(allow, list) or not all(isinstance(one, str) for one in allow):
        return Told(where, problem='allow takes hosts by name: allow = ["ntfy.lan"]')
    if not isinstance(lines, dict):
        return Told(where, problem='channels is a table: [channels], then lines such as mail = "mailtos://…"')
    return _from_lines(lines, tuple(allow), where)


def _from_lines(lines: Mapping[str, object], allow: tuple[str, ...], where: str) -> Told:
    found: dict[str, Address | None] = {}
    for place, (name, told) in enumerate(lines.items(), start=1):
        if told is False or (isinstance(told, str) and told in _OFF):
            found[name] = None
        elif told is True or isinstance(told, str):
            found[name] = Address(told if isinstance(told, str) else f"{name}://")
        else:
            return Told(where, problem=f'line {place} of [channels] takes an address: name = "scheme://…"')
    return Told(where, found, allow)
