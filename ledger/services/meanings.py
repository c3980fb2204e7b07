"""``--words``: what each term turned out to mean, and what the record advises."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import numpy as np

from ledger.errors import RefusedError
from ledger.scoring.advice import advise
from ledger.scoring.meanings import Meaning, word_meanings
from ledger.scoring.tally import Tally
from ledger.services.score_rows import Rows

MINIMUM = 10
"""The n below which the record gives no advice."""
SHARED = "several rows are on one question, and share its outcome"


def meanings(last: Rows, tally: Tally) -> dict[str, Any]:
    """The terms by source and scale, and the advice, for JSON.

    ``last`` are the last statements with their ``term``, ``scale`` and ``source``; ``tally`` is that of the score.
    Raises ``RefusedError`` where nothing is scored yet.
    """
    if not len(last):
        raise RefusedError("--words: no binary question is settled yet; see: forecast due")
    return {"terms": _terms(last), "advice": _advice(tally)}


def _terms(last: Rows) -> list[dict[str, Any]]:
    said = last.only(np.flatnonzero([term is not None for term in last.beside["term"]]))
    pairs = [
        (source or "", scale or "") for source, scale in zip(said.beside["source"], said.beside["scale"], strict=True)
    ]
    places = {pair: f"{at:09}" for at, pair in enumerate(sorted(set(pairs)))}
    by_place = {place: pair for pair, place in places.items()}
    found = word_meanings(
        term=said.beside["term"], outcome=said.outcome, low=said.low, high=said.high,
        source=[places[pair] for pair in pairs],
    )  # fmt: skip
    keys = list(zip(pairs, said.beside["term"], said.low.tolist(), said.high.tolist(), strict=True))
    questions: dict[Any, set[int]] = {}
    for key, question in zip(keys, said.question.tolist(), strict=True):
        questions.setdefault(key, set()).add(question)
    return [
        _told(one, by_place[one.source], len(questions[by_place[one.source], one.term, one.low, one.high]))
        for one in found
    ]


def _told(one: Meaning, pair: tuple[str, str], questions: int) -> dict[str, Any]:
    """One term; the exact tests need rows of different questions."""
    figures = asdict(one) | {"source": pair[0] or None, "scale": pair[1] or None, "interval": list(one.interval)}
    if questions < one.n:
        figures |= {"p_below": None, "p_above": None, "reasons": dict.fromkeys(("p_below", "p_above"), SHARED)}
    return figures | {"questions": questions, "within": one.within}


def _advice(tally: Tally) -> dict[str, Any]:
    """The blocks that have questions enough, each in a sentence."""
    found = advise(tally, minimum=MINIMUM)
    spoken = [asdict(block) | {"differs": block.differs, "sentence": str(block)} for block in found.spoken]
    silent = len(found.blocks) - len(spoken)
    return {"minimum": MINIMUM, "spoken": spoken, "silent": silent, "reasons": found.reasons}
