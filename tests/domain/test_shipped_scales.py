"""The shipped scales hold the published figures, in percent, and nothing else."""

from __future__ import annotations

import pytest

from ledger.data_files import load_scale, shipped_scales
from ledger.domain.scale_files import read_scale
from ledger.domain.scales import find_term, reading
from ledger.errors import InputError

PUBLISHED = {
    # Intelligence Community Directive 203 (2015)
    "icd-203": """
        almost no chance | remote 1-5
        very unlikely | highly improbable 5-20
        unlikely | improbable 20-45
        roughly even chance | roughly even odds 45-55
        likely | probable 55-80
        very likely | highly probable 80-95
        almost certain | almost certainly | nearly certain 95-99
    """,
    # Kent (1964): 7 ± 5, 30 ± 10, 50 ± 10, 75 ± 12, 93 ± 6
    "kent": """
        impossible 0-0
        almost certainly not 2-12
        probably not 20-40
        chances about even 40-60
        probable 63-87
        almost certain 87-99
        certain 100-100
    """,
    # Mastrandrea et al. (2010)
    "ipcc-ar5": """
        exceptionally unlikely 0-1
        extremely unlikely 0-5
        very unlikely 0-10
        unlikely 0-33
        about as likely as not 33-66
        more likely than not 50-100
        likely 66-100
        very likely 90-100
        extremely likely 95-100
        virtually certain 99-100
    """,
    # EFSA Scientific Committee (2018)
    "efsa": """
        almost impossible 0-1
        extremely unlikely 1-5
        very unlikely 5-10
        unlikely 10-33
        about as likely as not 33-66
        likely 66-90
        very likely 90-95
        extremely likely 95-99
        almost certain 99-100
    """,
    # New Zealand Government (2023)
    "new-zealand": """
        remote | highly unlikely 0-10
        improbable | unlikely 15-20
        realistic possibility 25-50
        probable | likely 55-70
        highly probable | very probable 75-85
        almost certain 90-100
    """,
}


def shipped():
    return [read_scale(load_scale(name)) for name in shipped_scales()]


def test_every_shipped_scale_is_checked_here():
    assert sorted(PUBLISHED) == list(shipped_scales())


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_figures_are_the_published_ones(name):
    rows = [line.strip().rsplit(" ", 1) for line in PUBLISHED[name].strip().splitlines()]
    expected = [(tuple(words.split(" | ")), *(int(limit) for limit in limits.split("-"))) for words, limits in rows]
    terms = read_scale(load_scale(name)).terms
    assert [(term.names, term.low.value * 100, term.high.value * 100) for term in terms] == [
        (names, pytest.approx(low, abs=1e-12), pytest.approx(high, abs=1e-12)) for names, low, high in expected
    ]


def test_only_what_the_standards_leave_open_is_open():
    is_open = [
        (s.name, t.name, t.low_open, t.high_open) for s in shipped() for t in s.terms if t.low_open or t.high_open
    ]
    assert is_open == [
        ("ipcc-ar5", "more likely than not", True, False),
        ("new-zealand", "remote", False, True),
        ("new-zealand", "almost certain", True, False),
    ]


def test_the_additional_terms_of_the_ipcc():
    added = [term.name for scale in shipped() for term in scale.terms if term.additional]
    assert added == ["extremely unlikely", "more likely than not", "extremely likely"]


def test_each_says_where_it_comes_from():
    for scale in shipped():
        assert {"issuer", "document", "year", "licence"} <= set(scale.provenance)
    structures = {scale.name: scale.structure for scale in shipped()}
    assert structures == {
        "icd-203": "partition",
        "kent": "gaps",
        "ipcc-ar5": "nested",
        "efsa": "partition",
        "new-zealand": "gaps",
    }


@pytest.mark.parametrize(
    ("scale", "term", "best"),
    [
        ("icd-203", "unlikely", "0.325"),
        ("icd-203", "highly probable", "0.875"),
        ("new-zealand", "Realistic Possibility", "0.375"),
        ("efsa", "extremely likely", "0.97"),
        ("kent", "almost certain", "0.93"),
    ],
)
def test_the_best_value_is_the_middle(scale, term, best):
    assert find_term(read_scale(load_scale(scale)), term).best.decimal == best


def test_what_only_one_scale_says_needs_no_scale():
    assert reading("realistic possibility", shipped()).scale == "new-zealand"
    with pytest.raises(InputError, match=r"efsa \(0.66 to 0.9\), icd-203 \(0.55 to 0.8\), ipcc-ar5 \(0.66 to 1\)"):
        reading("likely", shipped())
