"""Murphy's components, by values and by bins, plain and corrected; V numbers are of the scoring reference."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.scoring.bias_correction import Corrected, _shrink, bias_corrected, specs_verification
from ledger.scoring.murphy import Murphy, murphy
from ledger.scoring.tally import Tally
from tests.scoring.reference import EURO_FORECAST, EURO_OUTCOME

EURO = Tally.count(forecast=EURO_FORECAST, outcome=EURO_OUTCOME)
THREE = ("miscalibration", "discrimination", "uncertainty")

# Wilks, Table 7.3, with the two weights of R verification's manual put right: y, how often it happened, weight
WILKS = [
    (0, 0.006, 0.4112),
    (0.05, 0.019, 0.0671),
    (0.1, 0.059, 0.1833),
    (0.2, 0.15, 0.0986),
    (0.3, 0.277, 0.0616),
    (0.4, 0.377, 0.0366),
    (0.5, 0.511, 0.0303),
    (0.6, 0.587, 0.0275),
    (0.7, 0.723, 0.0245),
    (0.8, 0.779, 0.022),
    (0.9, 0.934, 0.017),
    (1, 0.933, 0.0203),
]


def three(of: Murphy | Corrected, suffix: str = "") -> list[float]:
    return [getattr(of, name + suffix) for name in THREE]


def approx(values: list[float], digits: float = 11) -> Any:
    return pytest.approx(values, abs=0.51 * 10**-digits)


@pytest.mark.parametrize(
    ("bins", "components", "within"),
    [
        (3, [0.01690033789, 0.12032137958, 0.24142661180], [0.005984484765, 0.005486968450]),
        (10, [0.03478652263, 0.13957475995, 0.24142661180], [0.000321502058, -0.001543209877]),
    ],
)
def test_v4_bins_with_their_within_bin_terms(bins: int, components: list[float], within: list[float]) -> None:
    got = murphy(EURO, bins=bins, by="width")
    assert three(got) == approx(components)
    assert [got.within_bin_variance, got.within_bin_covariance] == approx(within, 12)
    assert got.score == approx(0.1385030864, 10)  # type: ignore[arg-type]
    assert got.reasons == {}
    rel, res, unc = three(got)
    assert got.generalised_discrimination == pytest.approx(res - within[0] + within[1], abs=1e-12)
    assert rel - got.generalised_discrimination + unc == pytest.approx(got.score, abs=1e-16)  # type: ignore[operator]


def test_v4_without_the_within_bin_terms_the_identity_is_off() -> None:
    rel, res, unc = three(murphy(EURO, bins=3, by="width"))
    assert rel - res + unc == pytest.approx(0.138005570104, abs=5e-13)


def test_v4_standard_deviations() -> None:
    plain = [0.01560057929, 0.03927643826, 0.01751124111]
    assert three(murphy(EURO, bins=3, by="width"), "_sd") == approx(plain)
    corrected = [0.016057729319, 0.04280086866, 0.01818475038]
    assert three(specs_verification(EURO, bins=3), "_sd") == approx(corrected)
    assert three(bias_corrected(EURO, bins=3, by="width"), "_sd") == approx(corrected)


def test_v4_bias_corrected() -> None:
    got = bias_corrected(EURO, bins=3, by="width")
    assert three(got) == approx([-0.000883318785, 0.111823361823, 0.250712250712], 12)
    assert got.reasons == {}


@pytest.mark.parametrize(
    ("bins", "components", "digits"),
    [
        (3, [0.000480768517, 0.11247519841, 0.25], 11),
        (10, [0, 0.1117653632, 0.2484037377], 10),
    ],
)
def test_v4_as_specs_verification_truncates(bins: int, components: list[float], digits: int) -> None:
    assert three(specs_verification(EURO, bins=bins)) == approx(components, digits)


def test_v21_wilks() -> None:
    p, seen, weight = (np.array(column) for column in zip(*WILKS, strict=True))
    yes = Tally.count(forecast=p, outcome=np.ones(12), weight=weight * seen)
    no = Tally.count(forecast=p, outcome=np.zeros(12), weight=weight * (1 - seen))
    got = murphy(yes + no)
    # The table's own mean is .1615 where .162 is printed, which moves the last two and not their difference.
    assert got.miscalibration == pytest.approx(0.0008276, abs=5e-8)
    assert got.discrimination == pytest.approx(0.0627869 - (0.162 - seen @ weight) ** 2, abs=1e-7)
    base = float(seen @ weight)
    assert got.uncertainty == pytest.approx(base * (1 - base), abs=1e-9)
    assert got.score == pytest.approx(0.0737967, abs=5e-4)
    assert "weighted" in got.reasons["miscalibration_sd"]


PLAIN = st.lists(
    st.tuples(st.sampled_from([0.0, 0.1, 0.3, 0.5, 1.0]) | st.floats(0, 1), st.sampled_from([0.0, 1.0])),
    min_size=1,
    max_size=25,
)
SHARES = st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=25)


@given(PLAIN | SHARES, st.integers(1, 12), st.sampled_from(["value", "width", "mass"]))
def test_the_identity_always_closes(rows: list[tuple[float, float]], bins: int, by: Any) -> None:
    p, y = zip(*rows, strict=True)
    got = murphy(Tally.count(forecast=p, outcome=y), bins=bins, by=by)
    rel, res, unc = three(got)
    assert got.within_bin_variance is not None
    assert got.within_bin_covariance is not None
    assert min(rel, res, unc, got.within_bin_variance) >= 0
    whole = rel - res + unc + got.within_bin_variance - got.within_bin_covariance
    assert whole == pytest.approx(got.score, abs=1e-12)
    assert got.score == pytest.approx(np.mean((np.array(p) - y) ** 2), abs=1e-9)
    if by == "value":
        assert got.within_bin_variance == got.within_bin_covariance == 0


@given(PLAIN.filter(lambda rows: len(rows) > 1), st.integers(1, 12), st.sampled_from(["value", "width", "mass"]))
def test_corrections_are_their_formulas(rows: list[tuple[float, float]], bins: int, by: Any) -> None:
    p, y = (np.array(column) for column in zip(*rows, strict=True))
    tally = Tally.count(forecast=p, outcome=y)
    plain, full, shrunk = (f(tally, bins=bins, by=by) for f in (murphy, bias_corrected, specs_verification))
    n, base = len(p), y.mean()
    t = base * (1 - base) / (n - 1)
    assert full.uncertainty == pytest.approx(n * t, abs=1e-12)
    rel, res, _ = three(plain)
    rel_full, res_full, _ = three(full)
    assert rel_full <= rel + 1e-15
    assert rel - rel_full == pytest.approx(res - res_full + t, abs=1e-12)
    rel_shrunk, res_shrunk, unc_shrunk = three(shrunk)
    assert rel_shrunk >= 0
    assert 0 <= res_shrunk <= 1
    assert unc_shrunk <= 0.25 + 1e-15


def test_correction_by_hand() -> None:
    """Two bins: 3 rows with 1 event, and one row, which corrects nothing."""
    tally = Tally.count(forecast=[0.2, 0.2, 0.2, 0.9], outcome=[0, 0, 1, 1])
    got = bias_corrected(tally)
    c, t = (1 / 3) * (2 / 3) / 2 * 3 / 4, 0.25 / 3
    rel = (3 * (1 / 3 - 0.2) ** 2 + 0.01) / 4
    res = (3 * (1 / 3 - 0.5) ** 2 + 0.25) / 4
    assert three(got) == pytest.approx([rel - c, res - c + t, 0.25 + t], abs=1e-15)


def by_difference(p: np.ndarray, y: np.ndarray, corrected: bool) -> list[float]:
    """Standard deviations by the delta method with numerical derivatives, over the bins of exact values."""
    values = np.unique(p)
    member = (p[:, None] == values).astype(float)
    columns = np.hstack([member, member * y[:, None], member * p[:, None], y[:, None]])
    n, k = len(p), len(values)

    def three_of(sums: np.ndarray) -> np.ndarray:
        a, b, c, events = sums[:k], sums[k : 2 * k], sums[2 * k : 3 * k], sums[-1]
        rel, res = ((b - c) ** 2 / a).sum() / n, (a * (b / a - events / n) ** 2).sum() / n
        unc = events * (n - events) / n**2
        if not corrected:
            return np.array([rel, res, unc])
        many = sums_at[:k] > 1
        bias = (b * (a - b) / (a * np.where(many, a - 1, 1)))[many].sum() / n
        return np.array([rel - bias, res - bias + unc / (n - 1), unc + unc / (n - 1)])

    sums_at = columns.sum(axis=0)
    steps = np.eye(sums_at.size) * 1e-5
    slopes = np.array([(three_of(sums_at + one) - three_of(sums_at - one)) / 2e-5 for one in steps])
    influence = columns @ slopes
    return list(np.sqrt(((influence - influence.mean(axis=0)) ** 2).sum(axis=0)))


@pytest.mark.parametrize("corrected", [False, True])
def test_standard_deviations_are_the_delta_method(corrected: bool) -> None:
    p = np.array([0.1, 0.1, 0.1, 0.4, 0.4, 0.7, 0.7, 0.7, 0.7, 0.95])
    y = np.array([0, 1, 0, 0, 1, 1, 1, 0, 1, 1.0])
    got = (bias_corrected if corrected else murphy)(Tally.count(forecast=p, outcome=y))
    assert three(got, "_sd") == pytest.approx(by_difference(p, y, corrected), rel=1e-7)


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        ({"weight": [1, 0.5, 1]}, "needs rows of one unit each: this tally's are weighted"),
        ({"outcome": [0, 1, 0.5]}, "needs outcomes of 0 or 1: some are shares"),
        ({"question": [1, 1, 2]}, "needs independent rows: there are 3 on 2 questions"),
    ],
)
def test_dependent_rows_have_components_and_no_deviations(columns: dict[str, Any], reason: str) -> None:
    tally = Tally.count(**{"forecast": [0.2, 0.4, 0.6], "outcome": [0, 1, 1], **columns})
    plain = murphy(tally)
    assert None not in three(plain)
    assert three(plain, "_sd") == [None] * 3
    assert plain.reasons == {f"{name}_sd": reason for name in THREE}
    for full in (bias_corrected(tally), specs_verification(tally)):
        assert three(full) == three(full, "_sd") == [None] * 3
        assert full.reasons == {name + end: reason for name in THREE for end in ("", "_sd")}


def test_questions_of_one_row_are_independent() -> None:
    assert murphy(Tally.count(forecast=[0.2, 0.4], outcome=[0, 1], question=[1, 2])).reasons == {}


def test_too_little() -> None:
    nothing = murphy(Tally.merge())
    assert set(nothing.reasons) == set(Murphy.__dataclass_fields__) - {"reasons"}
    assert set(nothing.reasons.values()) == {"there are no scored forecasts"}
    assert nothing.generalised_discrimination is None
    for rule in (bias_corrected, specs_verification):
        assert rule(Tally.merge()).reasons == {
            n + end: "there are no scored forecasts" for n in THREE for end in ("", "_sd")
        }
        one = rule(Tally.count(forecast=[0.3], outcome=[1]))
        assert set(one.reasons.values()) == {"one row has no bias to take out"}
        assert one.miscalibration is None


def test_one_class_is_shrunk_by_nothing() -> None:
    tally = Tally.count(forecast=[0.3, 0.3, 0.8], outcome=[1, 1, 1])
    assert three(specs_verification(tally)) == three(murphy(tally, by="width"))


def test_corrections_are_shrunk_until_each_component_is_possible() -> None:
    still = (0.5, 0.0)
    for rel, res, unc, share in (
        (still, still, still, 1),
        ((0.1, -0.2), still, still, 0.5),
        ((0.1, 0.2), still, still, 1),
        (still, (0.1, -0.4), still, 0.25),
        (still, (0.9, 0.2), still, 0.5),
        (still, (0.75, 0.5), still, 0.5),
        (still, still, (0.125, 0.25), 0.5),
        (still, (0.9, 0.2), (0.125, 0.5), 0.25),
    ):
        assert _shrink(rel, res, unc) == pytest.approx(share, abs=1e-15)


def test_ten_bins_of_width_are_the_default_of_specs_verification() -> None:
    random = np.random.default_rng(2)
    rows = Tally.count(forecast=random.random(150), outcome=random.integers(0, 2, 150))
    assert specs_verification(rows) == specs_verification(rows, bins=10, by="width")
    assert specs_verification(rows) != specs_verification(rows, bins=11, by="width")
