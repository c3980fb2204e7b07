"""``--decomposition``: what the score is made of, by the way that is asked for, with the identity it closes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ledger.domain.words import did_you_mean
from ledger.errors import InputError
from ledger.scoring.bias_correction import bias_corrected
from ledger.scoring.decomposition import yates
from ledger.scoring.independence import why_dependent
from ledger.scoring.murphy import murphy
from ledger.scoring.tally import Tally
from ledger.services.binning import Binning
from ledger.services.score_rows import Rows
from ledger.services.scoring_rules import ScoringRule

DECOMPOSITIONS = ("corp", "murphy", "bins", "bias-corrected", "yates")
EXACT = Binning(10, "value")
_THREE = (("miscalibration", 1), ("discrimination", -1), ("uncertainty", 1))
_WITHIN = (("within_bin_variance", 1), ("within_bin_covariance", -1))
ON_LAST = "computed on the last statements, whose rows count as one unit each"


@dataclass(frozen=True, slots=True)
class _Terms:
    """The score, the terms that add up to it with their signs, and what stands beside them."""

    score: float | None
    terms: tuple[tuple[str, int, float | None], ...]
    beside: Mapping[str, float | None]
    reasons: Mapping[str, str]


def check_decomposition(told: str, rule: ScoringRule) -> None:
    """Refuse a way that is none, and one that takes apart no score but Brier's; raises ``InputError``."""
    if told not in DECOMPOSITIONS:
        hint = did_you_mean(told, DECOMPOSITIONS) or f"; there are {', '.join(DECOMPOSITIONS)}"
        raise InputError(f"--decomposition {told!r} is none{hint}")
    if told != "corp" and not rule.quadratic:
        raise InputError(f"--decomposition {told} is of the Brier score; with --rule {rule.name} take corp")


def decompose(
    way: str, rows: Rows, rule: ScoringRule, figures: Mapping[str, Any], bins: Binning | None
) -> dict[str, Any]:
    """The components for JSON; ``figures`` are those of the rule. What needs independent rows takes the last ones.

    ``sum`` is what the terms add up to, ``score`` what they should, ``gap`` the difference: rounding, and no more.
    """
    chosen = EXACT if way == "murphy" else bins or (Binning(10, "width") if way == "bins" else EXACT)
    if way == "corp":
        return {"way": way, "rule": rule.name, "bins": None, "note": None, **_closed(_corp(figures, rule), rule.factor)}
    tally, note = rows.tally(), None
    if way == "yates":
        found = _yates(tally)
    elif way == "bias-corrected":
        note = ON_LAST if why_dependent(tally) else None
        found = _bias_corrected(rows.last().tally() if note else tally, chosen)
    else:
        found = _murphy(tally, chosen)
    binned = None if way == "yates" else str(chosen)
    return {"way": way, "rule": rule.name, "bins": binned, "note": note, **_closed(found, rule.factor)}


def _closed(found: _Terms, factor: float) -> dict[str, Any]:
    """Scale to the rule's form, add up, and say the identity."""
    scaled = [(name, sign, None if value is None else factor * value) for name, sign, value in found.terms]
    score = None if found.score is None else factor * found.score
    values = [sign * value for _, sign, value in scaled if value is not None]
    total = sum(values) if score is not None and len(values) == len(scaled) else None
    return {
        "score": score,
        "components": {name: value for name, _, value in scaled},
        "identity": "score =" + "".join(f" {'+' if sign > 0 else '−'} {name}" for name, sign, _ in scaled)[2:],
        "sum": total,
        "gap": None if total is None or score is None else total - score,
        "beside": dict(found.beside),
        "reasons": dict(found.reasons),
    }


def _corp(figures: Mapping[str, Any], rule: ScoringRule) -> _Terms:
    """The card's own, which is scaled already."""
    terms = tuple((name, sign, None if figures[name] is None else figures[name] / rule.factor) for name, sign in _THREE)
    score = figures["value"]
    return _Terms(None if score is None else score / rule.factor, terms, {}, figures["reasons"])


def _murphy(tally: Tally, bins: Binning) -> _Terms:
    found = murphy(tally, bins=bins.bins, by=bins.by)
    names = _THREE if bins.by == "value" else _THREE + _WITHIN
    terms = tuple((name, sign, getattr(found, name)) for name, sign in names)
    beside = {f"{name}_sd": getattr(found, f"{name}_sd") for name, _ in _THREE}
    if bins.by != "value":
        beside["generalised_discrimination"] = found.generalised_discrimination
    return _Terms(found.score, terms, beside, found.reasons)


def _bias_corrected(tally: Tally, bins: Binning) -> _Terms:
    plain, found = _murphy(tally, bins), bias_corrected(tally, bins=bins.bins, by=bins.by)
    terms = tuple((name, sign, getattr(found, name)) for name, sign in _THREE) + plain.terms[3:]
    return _Terms(plain.score, terms, {f"{name}_sd": getattr(found, f"{name}_sd") for name, _ in _THREE}, found.reasons)


def _yates(tally: Tally) -> _Terms:
    found = yates(tally)
    squared = None if found.bias is None else found.bias**2
    twice = None if found.covariance is None else 2 * found.covariance
    terms = (
        ("uncertainty", 1, found.uncertainty),
        ("forecast_variance", 1, found.forecast_variance),
        ("bias_squared", 1, squared),
        ("covariance_twice", -1, twice),
    )
    beside = {name: getattr(found, name) for name in ("bias", "slope", "least_variance", "scatter")}
    return _Terms(found.score, terms, beside, found.reasons)
