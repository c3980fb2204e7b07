"""Installing, the same again, changing, failing and taking away, in each kind of timer of a computer that is played."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from desk import Desk

from ledger import clock
from ledger.domain.instants import format_instant
from ledger.errors import InputError, LedgerError, RefusedError, StoreError
from ledger.services.schedules.computer import NOT_THERE, Computer, Ran, run_program
from ledger.services.schedules.scheduling import Wanted, install, remove, shown
from ledger.services.schedules.standing import Status, status

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
THEIRS = "# mine\nMAILTO=me\n0 5 * * * true # 100\\%\n"
DAILY, WEEKLY = Wanted(at=("09:00",), zone="Europe/Berlin"), Wanted(("08:30",), ("mon",), "Europe/Berlin")

TRANSLATED = (
    "launchd knows only this computer's clocks: the times in UTC are translated as they are today; "
    "install again when the clocks change"
)


@dataclass
class Played:
    """The timers of a computer: what was asked of them, and how they are."""

    asked: list[tuple[str, ...]] = field(default_factory=list)
    crontab: str | None = None
    enabled: set[str] = field(default_factory=set)
    tasks: dict[str, str] = field(default_factory=dict)
    there: tuple[str, ...] = ("systemctl", "crontab", "launchctl", "schtasks")
    failing: tuple[str, ...] = ()
    """Words that make a program fail."""

    def run(self, words: Sequence[str], told: str | None) -> Ran:
        self.asked.append(tuple(words))
        if words[0] not in self.there:
            return Ran(NOT_THERE, "", f"{words[0]}: No such file or directory")
        if any(word in self.failing for word in words):
            return Ran(1, "", f"it failed\n  {words[0]} says no  \n")
        found = getattr(self, f"_{words[0]}", None)
        return found(list(words), told) if found else Ran(0, "", "")

    def _crontab(self, words: list[str], told: str | None) -> Ran:
        if words[1] == "-l":
            return Ran(1, "", "no crontab for me") if self.crontab is None else Ran(0, self.crontab, "")
        self.crontab = None if words[1] == "-r" else told
        return Ran(0, "", "")

    def _systemctl(self, words: list[str], _: str | None) -> Ran:
        verb, *rest = [word for word in words[2:] if not word.startswith("--")]
        if verb in {"enable", "disable"}:
            self.enabled = self.enabled - {rest[0]} | ({rest[0]} if verb == "enable" else set())
        return Ran(int(verb in {"is-enabled", "is-active"} and rest[0] not in self.enabled), "", "")

    def _launchctl(self, words: list[str], _: str | None) -> Ran:
        name = Path(words[-1]).name.removesuffix(".plist")
        if words[1] == "print":
            return Ran(int(name not in self.enabled), "", "")
        self.enabled = self.enabled - {name} | ({name} if words[1] == "bootstrap" else set())
        return Ran(0, "", "")

    def _schtasks(self, words: list[str], _: str | None) -> Ran:
        name = words[3]
        if words[1] == "/Create":
            self.tasks[name] = Path(words[5]).read_bytes().decode("utf-16")
        elif name not in self.tasks:
            return Ran(1, "", "ERROR: no such task")
        elif words[1] == "/Delete":
            del self.tasks[name]
        return Ran(0, self.tasks.get(name, "").replace("\n", "\r\n"), "")


@pytest.fixture
def played() -> Played:
    return Played()


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    with clock.set_to(NOW):
        yield


def computer(played: Played, home: Path, platform: str = "linux") -> Computer:
    etc = home / "etc"
    etc.mkdir(parents=True, exist_ok=True)
    (etc / "timezone").write_text("Europe/Berlin\n")
    zones = home / "zones" / "Europe"
    zones.mkdir(parents=True, exist_ok=True)
    (zones / "Berlin").touch()
    return Computer(platform, home, {"FORECAST_ZONE": "UTC"}, 1000, etc, zones.parent, played.run)


PLATFORMS = {"systemd": "linux", "cron": "linux", "launchd": "darwin", "windows": "win32"}


@pytest.fixture(params=PLATFORMS)
def kind(request: pytest.FixtureRequest, played: Played) -> str:
    """Each kind, found by itself."""
    if request.param == "cron":
        played.there = ("crontab",)
    return str(request.param)


def everything(home: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in home.rglob("*") if path.is_file() or path.is_symlink()}


def state(played: Played, home: Path) -> tuple[object, ...]:
    return everything(home), played.crontab, set(played.enabled), dict(played.tasks)


def test_each_kind_is_installed_told_changed_and_taken_away_without_trace(
    kind: str, played: Played, desk: Desk, tmp_path: Path
) -> None:
    played.crontab, home = THEIRS, tmp_path / "home"
    here = computer(played, home, PLATFORMS[kind])
    before = state(played, home)
    expected = shown(desk.at, DAILY, here)
    assert state(played, home) == before
    assert expected.kind.name == kind
    done = install(desk.at, DAILY, here)
    assert done.said[0] == f"installed: daily at 09:00 in Europe/Berlin ({kind})"
    assert done.said[-1] == "next run 2 June 2026, 09:00:00 in Europe/Berlin (2026-06-02T07:00:00Z)"
    check_texts(expected.made.texts, played)
    after = state(played, home)
    assert after != before
    assert install(desk.at, DAILY, here).said[0] == f"installed so already: daily at 09:00 in Europe/Berlin ({kind})"
    assert install(desk.at, Wanted(), here).said[0].startswith("installed so already")
    assert state(played, home) == after
    found = status(desk.at, here)
    check_status(found, kind)
    changed = install(desk.at, WEEKLY, here)
    assert changed.said[0] == f"changed: mon at 08:30 in Europe/Berlin ({kind})"
    assert played.crontab is not None
    assert played.crontab.startswith(THEIRS)
    assert remove(desk.at, here).said == [f"removed from {kind}"]
    assert state(played, home) == before
    assert remove(desk.at, here).said == ["no schedule is installed for this ledger"]
    assert status(desk.at, here).lines() == ["not installed; to do so: forecast schedule install --at 09:00"]


def check_texts(texts: object, played: Played) -> None:
    assert isinstance(texts, dict) and texts
    for place, text in texts.items():
        if place == "crontab":
            assert played.crontab == THEIRS + text
        elif place.startswith("\\"):
            assert played.tasks[place] == text
        else:
            assert Path(place).read_text() == text
            assert Path(place).stat().st_mode & 0o777 == 0o644


def check_status(found: Status, kind: str) -> None:
    (one,) = found.schedules
    assert (one.kind, one.running, one.as_written) == (kind, True, True)
    assert one.next_run is not None
    assert format_instant(one.next_run) == "2026-06-02T07:00:00Z"
    assert found.lines()[0] == f"installed: daily at 09:00 in Europe/Berlin ({kind})"
    assert found.lines()[-1] == "nothing was ever said"
    assert found.as_data()["installed"] is True


def test_the_best_timer_is_found_and_another_may_be_named(played: Played, desk: Desk, tmp_path: Path) -> None:
    here = computer(played, tmp_path)
    assert shown(desk.at, DAILY, here).kind.name == "systemd"
    assert shown(desk.at, Wanted(kind="cron"), here).kind.name == "cron"
    played.there = ("crontab",)
    assert shown(desk.at, DAILY, here).kind.name == "cron"
    played.there = ()
    with pytest.raises(RefusedError, match=r"no timer answers here .*install cron, or run forecast watch"):
        shown(desk.at, DAILY, here)
    with pytest.raises(InputError, match="--kind 'crn': choose systemd, cron, launchd, windows; did you mean 'cron'"):
        shown(desk.at, Wanted(kind="crn"), here)


@pytest.mark.parametrize("failing", ["daemon-reload", "enable", "restart"])
@pytest.mark.parametrize("before", [None, WEEKLY])
def test_where_systemd_fails_everything_is_as_it_was(
    failing: str, before: Wanted | None, played: Played, desk: Desk, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    here = computer(played, home)
    if before:
        install(desk.at, before, here)
    there = state(played, home)
    played.failing = (failing,)
    with pytest.raises(RefusedError, match=f"systemd took no timer .*{failing}.*: systemctl says no$"):
        install(desk.at, DAILY, here)
    assert state(played, home) == there


def test_where_cron_or_launchd_fails_the_reason_is_told(played: Played, desk: Desk, tmp_path: Path) -> None:
    played.there, played.failing, played.crontab = ("crontab",), ("-",), THEIRS
    with pytest.raises(RefusedError, match="crontab took no change, and is as it was: crontab says no"):
        install(desk.at, DAILY, computer(played, tmp_path))
    assert played.crontab == THEIRS
    mac = Played(failing=("bootstrap",))
    with pytest.raises(RefusedError, match="launchd took no agent: launchctl says no"):
        install(desk.at, DAILY, computer(mac, tmp_path / "mac", "darwin"))
    assert not list((tmp_path / "mac").rglob("*.plist"))
    with pytest.raises(RefusedError, match="the task scheduler took no task"):
        install(desk.at, DAILY, computer(Played(failing=("/Create",)), tmp_path, "win32"))


def test_a_file_that_somebody_else_made_is_left_alone(played: Played, desk: Desk, tmp_path: Path) -> None:
    here = computer(played, tmp_path)
    place = Path(next(iter(shown(desk.at, DAILY, here).made.texts)))
    place.parent.mkdir(parents=True)
    place.write_text("[Unit]\n")
    with pytest.raises(RefusedError, match="forecast did not make it"):
        install(desk.at, DAILY, here)
    assert place.read_text() == "[Unit]\n"


def test_two_ledgers_have_a_schedule_each(played: Played, desk: Desk, tmp_path: Path) -> None:
    played.there = ("crontab",)
    here, other = computer(played, tmp_path), Desk(tmp_path / "other.db")
    other.init()
    install(desk.at, DAILY, here)
    install(other.at, WEEKLY, here)
    assert played.crontab is not None
    assert played.crontab.count("# >>> forecast-remind-") == 2
    assert str(status(other.at, here).schedules[0].plan) == "mon at 08:30 in Europe/Berlin"
    remove(desk.at, here)
    assert str(desk.path) not in played.crontab
    assert str(other.path) in played.crontab
    remove(other.at, here)
    assert played.crontab is None


def test_one_ledger_is_in_one_kind_of_timer(played: Played, desk: Desk, tmp_path: Path) -> None:
    here = computer(played, tmp_path)
    install(desk.at, Wanted(kind="cron"), here)
    with pytest.raises(
        RefusedError, match="cron has a schedule of this ledger: forecast schedule remove, then install"
    ):
        install(desk.at, DAILY, here)
    assert not list(tmp_path.rglob("*.timer"))


def test_nothing_is_installed_for_a_ledger_that_is_not_there_and_removed_for_one_that_went(
    played: Played, desk: Desk, tmp_path: Path
) -> None:
    here = computer(played, tmp_path)
    install(desk.at, DAILY, here)
    desk.path.unlink()
    with pytest.raises(StoreError, match="there is no ledger at"):
        install(desk.at, WEEKLY, here)
    assert status(desk.at, here).schedules
    assert remove(desk.at, here).said == ["removed from systemd"]


def test_status_tells_what_was_changed_by_hand(played: Played, desk: Desk, tmp_path: Path) -> None:
    here = computer(played, tmp_path)
    install(desk.at, DAILY, here)
    (timer,) = tmp_path.rglob("*.timer")
    timer.write_text(timer.read_text().replace("09:00:00", "10:00:00"))
    assert "it is not what would be written today: forecast schedule install" in status(desk.at, here).lines()
    timer.write_text(timer.read_text().replace("daily at", "sometimes at"))
    assert status(desk.at, here).schedules[0].plan is None
    assert "installed: changed by hand into something that is no plan (systemd)" in status(desk.at, here).lines()
    played.enabled.clear()
    assert "it is not switched on: forecast schedule install" in status(desk.at, here).lines()
    install(desk.at, DAILY, here)
    check_status(status(desk.at, here), "systemd")


def test_the_last_run_is_the_timers_own_and_goes_with_it(played: Played, desk: Desk, tmp_path: Path) -> None:
    here = computer(played, tmp_path)
    install(desk.at, DAILY, here)
    (timer,) = tmp_path.rglob("*.timer")
    stamp = tmp_path / ".local/share/systemd/timers" / f"stamp-{timer.name}"
    stamp.parent.mkdir(parents=True)
    stamp.touch()

    os.utime(stamp, (1_780_000_000, 1_780_000_000))
    assert status(desk.at, here).as_data()["schedules"][0]["last_run"] == "2026-05-28T20:26:40Z"  # type: ignore[index]
    remove(desk.at, here)
    assert not stamp.exists()


def test_the_zone_and_secrets_are_told_about(played: Played, desk: Desk, tmp_path: Path) -> None:
    played.there = ("crontab",)
    here = computer(played, tmp_path)
    notes = shown(desk.at, Wanted(at=("09:00",), zone="Europe/Berlin"), here).made.notes
    assert not any("knows only" in note for note in notes)
    with pytest.raises(RefusedError, match="this system's database has no Asia/Kolkata: install tzdata, or say --zone"):
        shown(desk.at, Wanted(zone="Asia/Kolkata"), here)
    notes = shown(desk.at, Wanted(zone="UTC"), here).made.notes
    assert "cron knows only this system's zone, Europe/Berlin: each line asks whether it is time in UTC" in notes
    mac = computer(played, tmp_path, "darwin")
    assert shown(desk.at, Wanted(zone="UTC"), mac).made.notes[0] == TRANSLATED
    secret = Computer("darwin", tmp_path, {"FORECAST_CHANNELS": "mail=hush"}, 1, here.etc, here.zones, played.run)
    found = shown(desk.at, DAILY, secret)
    assert "FORECAST_CHANNELS is not written down, as it may hold secrets" in found.made.notes[-2]
    assert "hush" not in str(found.as_data())


def test_it_is_told_where_nobody_hears_a_timer(played: Played, desk: Desk, tmp_path: Path) -> None:
    channels = tmp_path / "reminders.toml"
    environ = {"FORECAST_CONFIG": str(tmp_path / "config.toml")}
    here = computer(played, tmp_path)
    here = Computer("darwin", tmp_path, environ, 1, here.etc, here.zones, played.run)
    assert "no channel is set up that reaches you" in shown(desk.at, DAILY, here).made.notes[-1]
    channels.touch(0o600)
    channels.write_text('[channels]\nme = "desktop://"\n')
    assert not any("no channel is set up" in one for one in shown(desk.at, DAILY, here).made.notes)
    channels.chmod(0o644)
    assert shown(desk.at, DAILY, here).made.notes[-1].startswith("the reminder will fail until this is mended: ")


def test_systemd_needs_to_know_the_zone(played: Played, desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="this system's database has no Asia/Kolkata: install tzdata"):
        shown(desk.at, Wanted(zone="Asia/Kolkata"), computer(played, tmp_path))


def test_a_path_that_cron_cannot_take_is_refused(played: Played, desk: Desk, tmp_path: Path) -> None:
    long = Desk(tmp_path.joinpath(*["x" * 200] * 5) / "l.db")
    with pytest.raises(LedgerError, match="cron takes no line of more than 950 bytes"):
        shown(long.at, Wanted(kind="cron"), computer(played, tmp_path))


def test_a_crontab_that_changed_meanwhile_is_told(played: Played, desk: Desk, tmp_path: Path) -> None:
    played.there = ("crontab",)
    here = computer(played, tmp_path)
    own = played.run

    def run(words: Sequence[str], told: str | None) -> Ran:
        ran = own(words, told)
        if words[1] == "-":
            played.crontab = "# somebody else\n"
        return ran

    with pytest.raises(RefusedError, match="changed by somebody else at the same time: look at it with crontab -l"):
        install(desk.at, DAILY, Computer("linux", tmp_path, {}, 1, here.etc, here.zones, run))


def test_programs_that_are_not_there_or_fail_are_told() -> None:
    assert run_program(["/not/there"]).status == NOT_THERE
    ran = run_program(["sh", "-c", "cat; echo no >&2; exit 3"], "told")
    assert ran == Ran(3, "told", "no\n")
    assert ran.reason == "no"
    assert Ran(4, "", "").reason == "exit status 4"
