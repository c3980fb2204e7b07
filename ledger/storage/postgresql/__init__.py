"""Ledgers on a PostgreSQL server: the same tables and the same plain SQL, through psycopg.

Nothing here is imported before a server is named, as psycopg is an extra.
"""

from __future__ import annotations

import logging

try:
    import psycopg  # noqa: F401
except ImportError:  # of the package, or of libpq where only its Python part is there
    from ledger.errors import StoreError

    _MISSING = "a ledger on PostgreSQL needs psycopg; install it with: pip install 'forecast-ledger[postgresql]'"
    raise StoreError(_MISSING) from None

# What psycopg grumbles about a lost connection is told by us; on its own it would be printed into a screen.
logging.getLogger("psycopg").addHandler(logging.NullHandler())
