"""A term means what its standard prints, its middle exactly, and an unknown one is answered with the near ones."""

from __future__ import annotations

import pytest

from ledger.domain.probability import parse_range
from ledger.domain.scale_files import read_scale, structure_of
from ledger.domain.scales import Reading, find_term, midpoint, outright, reading
from ledger.errors import InputError, NotFoundError


def scale_of(name="plain", structure="partition", **terms):
    """A scale whose terms are given as ``likely="0.6 to 1"``."""
    rows = []
    for term, limits in terms.items():
        low, high = limits.split(" to ")
        rows.append({"term": term.replace("_", " "), "low": low, "high": high})
    return {"name": name, "title": "A scale", "structure": structure, "provenance": {"year": 2020}, "terms": rows}


def three():
    return scale_of(not_likely="0 to 0.4", even="0.4 to 0.6", likely="0.6 to 1")


def test_a_scale_is_read():
    data = three()
    data["terms"][0] |= {"synonyms": ["doubtful", "far-fetched"], "low_open": True, "additional": True}
    scale = read_scale(data)
    doubtful = find_term(scale, "Far Fetched")
    assert (scale.name, scale.structure, scale.provenance["year"]) == ("plain", "partition", "2020")
    assert doubtful.names == ("not likely", "doubtful", "far-fetched")
    assert (doubtful.low.decimal, doubtful.high.decimal, doubtful.best.decimal) == ("0", "0.4", "0.2")
    assert (doubtful.low_open, doubtful.high_open, doubtful.additional) == (True, False, True)
    assert find_term(scale, " NOT  likely ") is doubtful


@pytest.mark.parametrize(
    ("typed", "middle"),
    [("0.20-0.45", "0.325"), ("0.25-0.5", "0.375"), ("0.1-0.2", "0.15"), ("0-0.01", "0.005"), ("0-1", "0.5")],
)
def test_the_middle_is_exact(typed, middle):
    low, high = parse_range(typed)
    assert midpoint(low, high).decimal == middle
    assert outright(low, high) == Reading(low, high, midpoint(low, high))


def test_an_unknown_term_is_answered_with_the_near_ones():
    scale = read_scale(three())
    with pytest.raises(NotFoundError, match=r"the scale plain has no term 'likly'; did you mean 'likely'"):
        find_term(scale, "likly")
    with pytest.raises(NotFoundError, match=r"no term 'zz'; it has not likely, even, likely"):
        find_term(scale, "zz")


def test_words_of_one_scale_are_read():
    scales = [read_scale(three()), read_scale(scale_of("other", likely="0 to 0.7", certain="0.7 to 1"))]
    certain = reading("Certain", scales)
    assert (certain.scale, certain.term, certain.best.decimal) == ("other", "certain", "0.85")
    assert (certain.low.decimal, certain.high.decimal) == ("0.7", "1")


def test_a_synonym_stays_as_it_was_said():
    data = three()
    data["terms"][2]["synonyms"] = ["Highly Plausible"]
    assert reading("highly  plausible", [read_scale(data)]).term == "Highly Plausible"


def test_words_of_several_scales_are_asked_about():
    scales = [read_scale(three()), read_scale(scale_of("other", likely="0 to 0.7", certain="0.7 to 1"))]
    with pytest.raises(InputError, match=r"several scales: name one of plain \(0.6 to 1\), other \(0 to 0.7\)"):
        reading("likely", scales)


def test_words_of_no_scale_are_not_found():
    with pytest.raises(NotFoundError, match=r"plain has no term 'evven'; did you mean 'even'\?"):
        reading("evven", [read_scale(three())])
    several = [read_scale(three()), read_scale(scale_of("other", likely="0 to 0.7", certain="0.7 to 1"))]
    with pytest.raises(NotFoundError, match=r"^plain or other has no term 'qqq'$"):
        reading("qqq", several)


def test_a_scale_keeps_its_title():
    assert read_scale(three()).title == "A scale"


@pytest.mark.parametrize(
    ("limits", "structure"),
    [
        ({"a": "0 to 0.5", "b": "0.5 to 1"}, "partition"),
        ({"b": "0.5 to 1", "a": "0 to 0.5"}, "partition"),
        ({"a": "0 to 0.4", "b": "0.5 to 1"}, "gaps"),
        ({"a": "0 to 0.6", "b": "0.5 to 1"}, "nested"),
        ({"a": "0 to 1", "b": "0 to 0.1", "c": "0.2 to 0.3"}, "nested"),
        ({"a": "0 to 0.6", "b": "0.5 to 0.7", "c": "0.8 to 1"}, "nested"),
        ({}, "partition"),
    ],
)
def test_the_structure_is_what_the_ranges_are(limits, structure):
    assert structure_of(read_scale(scale_of(structure=structure, **limits)).terms) == structure


def without(field):
    return lambda data: data.pop(field)


def in_term(**fields):
    return lambda data: data["terms"][1].update(fields)


def as_field(**fields):
    return lambda data: data.update(fields)


@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        (without("title"), "scale 'plain': 'title' is missing"),
        (without("terms"), "'terms' is missing"),
        (without("name"), "scale None: 'name' is missing"),
        (as_field(colour="red"), "'colour' is not a field of it"),
        (as_field(title=3), "'title' is 3, which is no str"),
        (as_field(terms=["likely"]), "a term is 'likely'; write it as a table"),
        (as_field(structure="nested"), "calls itself 'nested', but its ranges are 'partition'"),
        (as_field(structure="tidy"), "calls itself 'tidy'"),
        (lambda data: data["terms"][1].pop("low"), "scale 'plain', term 'even': 'low' is missing"),
        (in_term(low=0.4), "term 'even': 'low' is 0.4, which is no str"),
        (in_term(low="nought"), "term 'even': probability 'nought' is not a number"),
        (in_term(high="60"), "did you mean 60%"),
        (in_term(high="0.3"), "term 'even': low 0.4 is above high 0.3"),
        (in_term(synonyms="about even"), "'synonyms' is 'about even', which is no list"),
        (in_term(synonyms=["Likely"]), "scale 'plain': 'likely' is there twice"),
        (in_term(synonyms=["even"]), "scale 'plain': 'even' is there twice"),
        (in_term(medium="0.5"), "'medium' is not a field of it"),
    ],
)
def test_a_scale_that_contradicts_itself_is_refused(spoil, problem):
    data = three()
    spoil(data)
    with pytest.raises(InputError, match=problem) as refusal:
        read_scale(data)
    assert "\n" not in str(refusal.value)
