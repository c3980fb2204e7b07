"""Manifold's bets and markets, as its API gives them: ``/bets`` and ``/market/ID``, in one file, two, or a zip.

A bet is not a stated probability. What comes in is what the bet implies, the limit that its owner named or else the
price right after it, and each is marked as derived. Times are milliseconds.
"""

from __future__ import annotations

from collections.abc import Iterator
from operator import itemgetter

from ledger.domain.instants import Instant
from ledger.domain.probability import parse_probability
from ledger.domain.text import quoted
from ledger.formats.building import SheetBuilder
from ledger.formats.fields import Fields, records_of
from ledger.formats.given import Given
from ledger.formats.heads import Head
from ledger.formats.opening import Material
from ledger.formats.sheet import Extra, Sheet, SheetQuestion

SOURCE = "https://manifold.markets"
CANCELLED = "cancelled on Manifold"
_WAYS = ("[].", "", "markets[].", "bets[].")


def _bets(head: Head) -> bool:
    return any(head.has_keys(f"{way}contractId", f"{way}probAfter") for way in _WAYS)


def _markets(head: Head) -> bool:
    return any(head.has_keys(f"{way}question", f"{way}outcomeType") for way in _WAYS)


def looks_like(material: Material) -> bool:
    """Whether a part has bets or markets."""
    return any(_bets(head) or _markets(head) for head in material.heads)


def read(material: Material, given: Given) -> Sheet:
    """The markets, and what the bets on them imply."""
    builder = SheetBuilder(material.name, "manifold", given, unit="record", source=SOURCE)
    files = [part.json() for part in builder.each(material, lambda head: _bets(head) or _markets(head))]
    bets = [one for told in files for one in _records(told, "bets", "contractId", builder)]
    markets = [one for told in files for one in _records(told, "markets", "outcomeType", builder)]
    if bets and not markets:
        raise builder.refuse("the bets need their markets: import the answers of /v0/market/ID along with them")
    places: dict[str, int] = {}
    for market in markets:
        _ask(market, builder, places)
    users = {bet.text("userId") for bet in bets}
    for bet in _in_order(bets):
        _bet(bet, places, builder, alone=len(users) == 1)
    return builder.finish()


def _records(told: object, name: str, telling: str, builder: SheetBuilder) -> Iterator[Fields]:
    """The records of one sort: of a list, under their name, or one alone."""
    if isinstance(told, dict):
        told = told.get(name, [told] if telling in told else [])
    for record in records_of(told, builder, name):
        if telling in record.values:
            yield record


def _in_order(bets: list[Fields]) -> list[Fields]:
    """The bets by their time, those of one moment as they were placed: the API tells the newest first."""
    times = [(bet.time("createdTime", epoch="ms") or 0, bet) for bet in bets]
    if times and times[0][0] > times[-1][0]:
        times.reverse()
    return [bet for _, bet in sorted(times, key=itemgetter(0))]


def _ask(market: Fields, builder: SheetBuilder, places: dict[str, int]) -> None:
    kind, number = market.text("outcomeType"), market.needed("id")
    if kind == "BINARY":
        places[number] = builder.ask(market.line, _question(market, market, number, None, builder))
    elif kind in {"MULTIPLE_CHOICE", "FREE_RESPONSE"}:
        for answer in market.inners("answers"):
            builder.remark("assumed", "answers, each a yes-or-no question of its own", market.line, "answers")
            key = f"{number}:{answer.needed('id')}"
            question = _question(market, answer, key, answer.needed("text"), builder)
            places[key] = builder.ask(market.line, question)
    else:
        builder.remark("dropped", f"markets of type {quoted(kind or '', limit=30)}", market.line, "outcomeType")


def _question(market: Fields, settled: Fields, key: str, answer: str | None, builder: SheetBuilder) -> SheetQuestion:
    known_at = settled.time("resolutionTime", epoch="ms") or market.time("resolutionTime", epoch="ms")
    outcome = _outcome(settled, market, builder, answer)
    ending = market.time("closeTime", epoch="ms")
    if ending is None and outcome is not None and known_at is not None:
        builder.remark("assumed", "deadlines are when the market was resolved, as none is named", market.line)
        ending = known_at
    title = market.needed("question")
    return SheetQuestion(
        f"manifold:{key}", f"{title} — {answer}" if answer else title,
        builder.deadline(ending, market.line, "closeTime"), criteria=market.text("url"),
        opened_at=market.time("createdTime", epoch="ms"), outcome=outcome, known_at=known_at if outcome else None,
        void_reason=CANCELLED if outcome == "void" else None,
    )  # fmt: skip


def _outcome(settled: Fields, market: Fields, builder: SheetBuilder, answer: str | None) -> str | None:
    word = settled.text("resolution")
    if word is None and answer is not None and market.text("resolution"):
        word = _of_answer(settled, market, builder)
    if word != "MKT":
        told = Fields({"resolution": word}, builder, market.line)
        return told.one_of("resolution", {"yes": "yes", "no": "no", "cancel": "void"})
    share = settled.probability("resolutionProbability")
    if share is None:
        builder.remark("dropped", "outcomes of MKT without the share that they resolved to", settled.line)
        return None
    return {"0": "no", "1": "yes"}.get(share.decimal, share.decimal)


def _of_answer(settled: Fields, market: Fields, builder: SheetBuilder) -> str | None:
    """What the resolution of a whole market means for one of its answers: it names the answer that happened."""
    word = market.needed("resolution")
    if word == "CANCEL":
        return word
    if word in {"MKT", "CHOOSE_MULTIPLE"}:
        builder.remark("dropped", "outcomes of answers that only their market has", market.line, "resolution")
        return None
    return "YES" if word == settled.text("id") else "NO"


_SKIPPED = (
    ("isRedemption", "redemptions, which no one placed"),
    ("isCancelled", "bets that were cancelled"),
)


def _bet(bet: Fields, places: dict[str, int], builder: SheetBuilder, *, alone: bool) -> None:
    if why := _why_not(bet):
        builder.remark("dropped", why, bet.line)
        return
    market, answer = bet.needed("contractId"), bet.text("answerId")
    place = places.get(f"{market}:{answer}" if answer else market)
    if place is None:
        builder.remark("dropped", "bets on markets that are not in the file or did not come in", bet.line)
        return
    named = "limitProb" if bet.text("limitProb") else "probAfter"
    probability = bet.read(named, parse_probability)
    if probability is None:
        builder.remark("dropped", "bets without a price", bet.line)
        return
    what = "the limit of a bet" if named == "limitProb" else "the price after a bet"
    builder.remark("derived", f"probabilities that are {what}, not stated ones", bet.line, named)
    comment = f"derived: {what} of {bet.text('amount')} on {bet.text('outcome') or 'YES'}, not a stated probability"
    builder.state(place, _who(bet, builder, alone=alone), _made_at(bet, builder), probability, bet.line,
                  Extra(comment=comment))  # fmt: skip


def _why_not(bet: Fields) -> str | None:
    for name, why in _SKIPPED:
        if bet.text(name) == "true":
            return why
    amount = bet.text("amount")
    try:
        spent = float(amount or 0)
    except ValueError:
        raise bet.refuse("this is no amount", "amount") from None
    if not spent > 0:
        return "sales, and orders that nobody has taken"
    return None


def _made_at(bet: Fields, builder: SheetBuilder) -> Instant:
    return builder.made_at(bet.time("createdTime", epoch="ms"), bet.line, "createdTime")


def _who(bet: Fields, builder: SheetBuilder, *, alone: bool) -> str:
    """Whoever the person who imports said, where all bets are of one user; else the user's number."""
    user = bet.text("userId")
    if user is None or (alone and builder.given.forecaster):
        return builder.who(None, bet.line)
    return builder.who(f"Manifold user {user}", bet.line)
