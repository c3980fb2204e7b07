"""The two halves of ``verify``: the journal against its own chain, the book against the journal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import islice
from typing import Any

from ledger.domain.instants import format_instant
from ledger.domain.probability import shortest_decimal
from ledger.journal.checkpoint import Checkpoint, Witness
from ledger.journal.entry import Sealed
from ledger.journal.verify import ChainVerdict, check_chain
from ledger.storage.book import differences, scratch, tell_book
from ledger.storage.driver import Driver
from ledger.storage.journal_rows import stray_texts, stream_entries

Counter = Callable[[int], None]
BLOCK = 5000


def verify_journal(
    driver: Driver, known: Checkpoint | None, counter: Counter, limit: int
) -> tuple[ChainVerdict, list[str], str | None]:
    """Recompute the chain, and hold it against a checkpoint kept outside; the verdict, the lines to say,
    and the checkpoint to keep."""
    entries: Iterator[Sealed] = counted(stream_entries(driver), counter)
    witness = Witness([known] if known else [])
    hints = partial(hints_from_book, driver)
    verdict = check_chain(witness.watch(entries), hints=hints, limit=limit)
    said = [f"journal: {finding}" for finding in verdict.findings]
    if verdict.more:
        said.append(f"journal: {verdict.more} more findings")
    said += [f"checkpoint: {finding}" for finding in witness.findings()]
    said += [f"journal: entry {seq}: text stands where there is no entry" for seq in stray_texts(driver, limit)]
    return verdict, said, str(witness.checkpoint()) if verdict.size and not said else None


def verify_book(driver: Driver, counter: Counter, limit: int) -> list[str]:
    """Tell the book anew beside the stored one; the first differences."""
    told = scratch()
    try:
        tell_book(stream_entries(driver), told, driver, counter)
        found = list(islice(differences(driver, told), limit + 1))
    finally:
        told.connection.close()
    return found if len(found) <= limit else [*found[:limit], "book: there are more differences"]


def counted(entries: Iterator[Sealed], counter: Counter) -> Iterator[Sealed]:
    """``entries``, telling ``counter`` of every block that went by."""
    passed = 0
    for entry in entries:
        yield entry
        passed += 1
        if passed == BLOCK:
            counter(passed)
            passed = 0
    counter(passed)


def hints_from_book(driver: Driver, seq: int) -> Mapping[str, Any]:
    """What the book holds of an entry that is damaged: when it was recorded, and a plain statement's facts."""
    for table in ("forecast", "question", "resolution", "edit", "correction"):
        row = driver.one(f"SELECT recorded_at FROM {table} WHERE entry = ?", (seq,))
        if row is not None:
            hints = {"recorded_at": row[0]}
            return hints | _plain_statement(driver, seq) if table == "forecast" else hints
    return {}


def _plain_statement(driver: Driver, seq: int) -> dict[str, Any]:
    row = driver.one(
        "SELECT forecaster_id, made_at, stated, question_id FROM forecast WHERE entry = ? AND stated IS NOT NULL",
        (seq,),
    )
    if row is None:
        return {}
    who, made_at, stated, question = row
    decimal = shortest_decimal(stated)
    facts = f'{{"forecaster":{who},"made_at":"{format_instant(made_at)}","p":"{decimal}","question":{question}}}'
    return {"facts": facts}
