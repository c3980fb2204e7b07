"""From a name and an address to a channel, or to the line that says why not; an address is never quoted."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ledger.domain.words import did_you_mean
from ledger.services.channels import Channel
from ledger.services.channels.addresses import LONGEST_ADDRESS, Address
from ledger.services.channels.desktop import Desktop
from ledger.services.channels.guarding import HostError, host_key
from ledger.services.channels.schemes import DESKTOP, INSTEAD, KNOWN, TERMINAL, WEBHOOKS
from ledger.services.channels.through_apprise import ThroughApprise
from ledger.services.channels.webhook import Webhook

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,39}")


@dataclass(frozen=True, slots=True)
class Unbuilt:
    """Why there is no channel."""

    problem: str


def allowed_hosts(told: Iterable[str]) -> tuple[frozenset[str], str | None]:
    """The hosts that may be private, as ``host_key`` gives them, and what is wrong with the first that is none."""
    found = set()
    for one in told:
        try:
            found.add(host_key(one))
        except HostError:
            return frozenset(), "allow takes hosts alone, without scheme, port and path, such as: ntfy.lan"
    return frozenset(found), None


def built(name: str, address: Address, allowed: frozenset[str]) -> Channel | Unbuilt:
    """The channel ``name`` at ``address``."""
    if not _NAME.fullmatch(name):
        return Unbuilt("a channel's name is a word of up to 40 letters, digits, - and _; one of them is none")
    problem = _unknown(address)
    if problem is not None:
        return Unbuilt(f"channel {name!r}: {problem}")
    if address.scheme == DESKTOP:
        return Desktop(name)
    kind = Webhook if address.scheme in WEBHOOKS else ThroughApprise
    channel = kind(name, address, allowed)
    trouble = channel.trouble()
    return channel if trouble is None else Unbuilt(f"channel {name!r} ({address}): {trouble.told()}")


def _unknown(address: Address) -> str | None:
    """What is wrong with the scheme, with the near ones."""
    scheme = address.scheme
    if not scheme:
        return "its address has no scheme; it begins like mailtos://, ntfys:// or webhook+https://"
    if scheme == TERMINAL:
        return "the terminal is always there under its own name; terminal = false turns it off"
    if scheme in INSTEAD:
        return f"{scheme}:// is not used here; use {INSTEAD[scheme]}"
    if scheme not in KNOWN:
        hint = (
            did_you_mean(scheme, sorted(KNOWN)) or "; there are mailtos, ntfys, slack, tgram, matrixs, webhook+https, …"
        )
        return f"{scheme}:// is no channel that is known{hint}"
    if len(address.reveal()) > LONGEST_ADDRESS:
        return f"its address has more than {LONGEST_ADDRESS:,} characters"
    return None
