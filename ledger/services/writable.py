"""Whether a ledger that can be read can be written to as well, so that nobody types what will be refused."""

from __future__ import annotations

import os

from ledger.storage.access import reading
from ledger.storage.location import Location
from ledger.storage.schema import HEAD, is_newer, stored_revision


def why_not_writable(location: Location) -> str | None:
    """Why nothing can be recorded, in a line; ``None`` where nothing stands against it. Raises ``StoreError``."""
    with reading(location.place) as driver:
        revision = stored_revision(driver)
        refused = driver.why_read_only()
    if revision is not None and is_newer(revision):
        return (
            f"this ledger was written by a later version (schema {revision}, this program knows {HEAD}): "
            "it can be read, recording is refused; upgrade forecast-ledger"
        )
    if location.on_server:
        return refused and f"this ledger can be read, recording is refused: {refused}"
    if not os.access(location.path, os.W_OK) or not os.access(location.path.parent, os.W_OK | os.X_OK):
        return "this ledger is read-only for you: it can be read, recording is refused; check its owner and mode"
    return None
