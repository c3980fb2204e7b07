"""What a damaged book does to a reader: it is told in one line, and ``verify`` is named."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ledger.errors import DamageError, LedgerError


@contextmanager
def unreadable_told() -> Iterator[None]:
    """Turn what a value that cannot be there sets off into a ``DamageError``."""
    try:
        yield
    except LedgerError:
        raise
    except (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError) as problem:
        said = str(problem).splitlines()[:1] or [""]
        raise DamageError(
            f"the book cannot be read ({type(problem).__name__}: {said[0]}); run: forecast verify, "
            "and where that finds nothing, report this"
        ) from problem
