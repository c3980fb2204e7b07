"""Whether anybody hears what a timer says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ledger.errors import LedgerError
from ledger.services.channels import LOG, Message, Terminal, configured_channels

_SECRETS = ("FORECAST_CHANNELS", "FORECAST_CHANNELS_ALLOW")


def channel_notes(environ: Mapping[str, str]) -> Iterator[str]:
    """What is to be known of the channels: which of them a timer does not see, and that it has none that reach you."""
    if environ.get(_SECRETS[0]):
        yield f"{_SECRETS[0]} is not written down, as it may hold secrets: keep the channels in reminders.toml"
    left = {name: value for name, value in environ.items() if name not in _SECRETS}
    try:
        names = [one.name for one in configured_channels(left, Terminal(_unheard, LOG))]
    except LedgerError as problem:
        yield f"the reminder will fail until this is mended: {problem}"
        return
    if names == [LOG]:
        yield (
            "no channel is set up that reaches you; what a timer prints goes to its log or to your local mail: "
            "set one up in reminders.toml"
        )


def _unheard(_: Message) -> None:
    """Nothing is said here."""
