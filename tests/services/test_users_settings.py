"""The user's settings: read with care, written line by line, never a reason for not starting."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import LedgerError, StoreError
from ledger.services.defaults import forecaster_in_force, scale_in_force, zone_in_force
from ledger.services.settings import FORMS, THEMES, Settings, checked, load, resolved_theme, save, settings_path

TEXTS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), min_size=1, max_size=30)
NAMES = TEXTS.map(str.strip).filter(bool)
KEYS = st.dictionaries(
    st.sampled_from(["review.yes", "ledger.add", "form.save", "odd name", 'quote"d', "a]b", "x.y=z"]),
    st.sampled_from(["j", "ctrl+o", "f7,x", "slash"]),
)
SETTINGS = st.builds(
    Settings, theme=st.sampled_from(THEMES), zone=st.sampled_from([None, "UTC", "Europe/Berlin"]),
    scale=st.sampled_from(["icd-203", "kent"]), policy=st.sampled_from(["time-average", "last", "first", "all"]),
    forecaster=st.none() | NAMES.map(lambda name: __import__("unicodedata").normalize("NFC", name)).filter(
        lambda name: name == name.strip() and bool(name)
    ),
    form=st.sampled_from(FORMS), compact=st.booleans(), keys=KEYS,
)  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "config.toml"


@given(first=SETTINGS, then=SETTINGS)
def test_what_is_saved_is_read_again(tmp_path_factory: pytest.TempPathFactory, first: Settings, then: Settings) -> None:
    path = tmp_path_factory.mktemp("settings") / "config.toml"
    for settings in (first, then, Settings()):
        save(path, settings)
        loaded = load(path)
        assert loaded.problems == ()
        assert loaded.settings == settings
    assert "=" not in path.read_text(encoding="utf-8"), "the defaults need no line"


def test_no_file_is_no_problem(path: Path) -> None:
    assert load(path).settings == Settings()
    assert load(path).problems == ()


def test_comments_and_foreign_lines_stay(path: Path) -> None:
    path.parent.mkdir()
    path.write_text(
        '# mine\ntheme = "ledger-light" # bright\ncolour = 3\n\n[keys]\n# vi\n"review.yes" = "j"\n"a.b" = "z"\n\n'
        "[other]\nx = 1\n"
    )
    loaded = load(path)
    assert len(loaded.problems) == 2
    save(path, replace(loaded.settings, scale="kent", keys={"review.yes": "x"}))
    assert path.read_text() == (
        '# mine\ntheme = "ledger-light"\ncolour = 3\nscale = "kent"\n\n'
        '[keys]\n# vi\n"review.yes" = "x"\n\n[other]\nx = 1\n'
    )


def test_keys_on_one_line_are_written_anew(path: Path) -> None:
    path.parent.mkdir()
    path.write_text('keys = { "review.yes" = "j" }\n')
    changed = replace(load(path).settings, keys={"review.yes": "x"})
    save(path, changed)
    assert load(path).settings == changed


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("theme = 'purple'", "none of: auto, ledger-dark"),
        ("thme = 'auto'", "did you mean 'theme'?"),
        ("zone = 'Mars/Base'", "not a time zone"),
        ("zone = 3", "is no text"),
        ("scale = 'richter'", "none of: efsa"),
        ("policy = 'best'", "none of: time-average"),
        ("form = '0-3'", "none of: 0-1, 0-2"),
        ("compact = 'yes'", "neither true nor false"),
        ("forecaster = ' '", "forecaster is empty"),
        ("forecaster = '" + "x" * 300 + "'", "too many"),
        ("keys = 'j'", "[keys] takes lines"),
        ("[keys]\n'review.yes' = 3", "[keys] takes lines"),
        ("[keys]\n'review.yes' = ''", "[keys] takes lines"),
        ("[keys]\n'review.yes' = 'j,ctrl+q'", "ctrl+q always quits"),
        ("[keys]\n'everywhere.quit' = 'f9'", "ctrl+q always quits"),
        ("theme = ", "is not read"),
        ("\ufeff= [", "is not read"),
    ],
)
def test_a_value_that_is_none_is_told_and_the_default_goes_on(path: Path, text: str, said: str) -> None:
    path.parent.mkdir()
    path.write_text(f"{text}\n", encoding="utf-8")
    loaded = load(path)
    assert loaded.settings == Settings()
    assert len(loaded.problems) == 1
    assert said in loaded.problems[0]
    assert str(path) in loaded.problems[0]


def test_the_good_lines_of_a_bad_file_are_taken(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("form = '0-3'\ncompact = true\n[keys]\n'everywhere.quit' = 'x'\n'review.yes' = 'j'\n")
    assert load(path).settings == Settings(compact=True, keys={"review.yes": "j"})


def test_a_file_that_is_no_text_is_told(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"\xff\xfe\x00")
    assert "is not read" in load(path).problems[0]


def test_a_file_that_cannot_be_read_is_never_overwritten(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("theme = [\n")
    with pytest.raises(StoreError, match="mend it or take it away"):
        save(path, Settings(compact=True))
    assert path.read_text() == "theme = [\n"


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="the settings cannot be written"):
        save(tmp_path / "file" / "x" / "config.toml", Settings(compact=True))


@pytest.mark.skipif(os.geteuid() == 0, reason="the system's owner may write anywhere")
def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(StoreError, match="cannot be written"):
            save(tmp_path / "config.toml", Settings(compact=True))
    finally:
        tmp_path.chmod(0o700)


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real.toml", tmp_path / "config.toml"
    real.write_text("")
    link.symlink_to(real)
    save(link, Settings(compact=True))
    assert link.is_symlink()
    assert load(real).settings.compact


@pytest.mark.parametrize(
    ("told", "theme"),
    [({}, "ledger-dark"), ({"COLORFGBG": "0;15"}, "ledger-light"), ({"COLORFGBG": "0;default;7"}, "ledger-light"),
     ({"COLORFGBG": "15;0"}, "ledger-dark"), ({"COLORFGBG": "x"}, "ledger-dark")],
)  # fmt: skip
def test_auto_follows_the_terminal_where_it_tells(told: dict[str, str], theme: str) -> None:
    assert resolved_theme("auto", told) == theme
    assert resolved_theme("ansi-light", told) == "ansi-light"


@given(st.sampled_from(["theme", "zone", "scale", "policy", "forecaster", "form"]), st.text(max_size=50))
def test_any_text_is_a_value_or_refused_in_words(name: str, text: str) -> None:
    try:
        assert checked(name, text)
    except LedgerError as problem:
        assert str(problem)


def test_the_path_follows_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("FORECAST_CONFIG", str(tmp_path / "mine.toml"))
    assert settings_path() == tmp_path / "mine.toml"
    monkeypatch.delenv("FORECAST_CONFIG")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert settings_path().name == "config.toml"


def test_the_environment_goes_before_the_settings_and_they_before_the_computer() -> None:
    mine = Settings(zone="Europe/Berlin", scale="kent", forecaster="Ann")
    told = {"FORECAST_ZONE": "Asia/Tokyo", "FORECAST_SCALE": "efsa", "FORECAST_FORECASTER": "Bo", "TZ": "Asia/Dubai"}
    assert zone_in_force(mine, told) == "Asia/Tokyo"
    assert (scale_in_force(mine, told), forecaster_in_force(mine, told)) == ("efsa", "Bo")
    assert (zone_in_force(mine, {}), scale_in_force(mine, {}), forecaster_in_force(mine, {})) == (
        "Europe/Berlin", "kent", "Ann",
    )  # fmt: skip
    assert zone_in_force(Settings(), {"FORECAST_ZONE": "Mars/Base", "TZ": "Asia/Dubai"}) == "Asia/Dubai"
    assert forecaster_in_force(Settings(), {}) == "me"
