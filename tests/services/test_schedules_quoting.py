"""Hostile paths in every kind of timer, read back by whoever would run them or by a reader that shares no code."""

from __future__ import annotations

import json
import os
import plistlib
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ledger.errors import InputError, RefusedError
from ledger.services.schedules import crontab_lines, launchd, systemd_units, windows
from ledger.services.schedules.computer import Computer
from ledger.services.schedules.job import Job, job_for, plan_in
from ledger.services.schedules.plan import read_plan

HOSTILE = (
    "/plain/ledger.db", "/with space/l.db", "/it's/l.db", '/a "quoted"/l.db', "/100%/l.db", "/%h%%H/l.db",
    "/a\\b/l.db",    "/a\\\\b/l.db", "/a\\%b/l.db", "/a\\\\%b\\", "/$HOME/${X}/$$/$(id)/`id`/l.db", "/ü/日本/😀/l.db",
    "/a;b&c|d<e>f/l.db",
    "/-- >/#x/l.db", "/trailing /l.db ", "/*?[a]{b,c}~!/l.db", "/a=b/l.db", "/%/l.db%",
    "/]]>&amp;<x/l.db", "/\u00a0/l.db",
)  # fmt: skip
PLAN = read_plan(["09:00"], ["mon"], "Europe/Berlin")
CARRIED = (("XDG_CONFIG_HOME", "/c %h \\ $X \"q\" 'q'"),)
PATHS = st.text(
    st.characters(min_codepoint=32, max_codepoint=0x2FFF, exclude_characters="/",
                  exclude_categories=("Cc", "Zl", "Zp")),
    min_size=1, max_size=30,
).map(lambda name: f"/{name}")  # fmt: skip


def job(path: str, program: tuple[str, ...] = ("/opt/forecast",), carried: tuple[tuple[str, str], ...] = ()) -> Job:
    return Job(program, Path(path), PLAN, carried)


def expected(path: str, program: str = "/opt/forecast") -> list[str]:
    return [program, "remind", "--quiet", "--log", "--ledger", str(Path(path))]


def hostile(function):  # type: ignore[no-untyped-def]
    for path in HOSTILE:
        function = example(path)(function)
    return given(PATHS)(function)


# systemd


def words_of_systemd(text: str) -> list[str]:
    """Words as systemd.syntax(7) and systemd.service(5) tell them: quotes, C escapes, specifiers, dollars."""
    found, at = [], 0
    while at < len(text):
        if text[at] == " ":
            at += 1
            continue
        word, quote = "", ""
        while at < len(text) and (quote or text[at] != " "):
            if text[at] == "\\":
                word, at = word + {"\\": "\\", '"': '"', "'": "'"}[text[at + 1]], at + 2
            elif text[at] == quote or (not quote and text[at] in "\"'"):
                quote, at = "" if quote else text[at], at + 1
            else:
                word, at = word + text[at], at + 1
        assert not quote
        found.append(re.sub("%(.)", lambda match: {"%": "%"}[match[1]], word))
    return found


@hostile
def test_systemd_reads_the_command_back(path: str) -> None:
    line = re.search(r"^ExecStart=(.*)$", systemd_units.service(job(path)), re.MULTILINE)
    assert line
    program, *rest = words_of_systemd(line[1])
    told = [re.sub(r"\$(.)", lambda match: {"$": "$"}[match[1]], word) for word in rest]
    assert [program, *told] == expected(path)


def verify(folder: Path) -> subprocess.CompletedProcess[str]:
    units = [str(path) for path in sorted(folder.iterdir()) if path.suffix in {".service", ".timer"}]
    return subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True)


@pytest.fixture
def units() -> Iterator[Path]:
    """A folder that another user may read, which pytest's own are not."""
    folder = Path(tempfile.mkdtemp(prefix="forecast-units-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def write_units(folder: Path, name: str, made: Job) -> None:
    for kind, text in (("service", systemd_units.service(made)), ("timer", systemd_units.timer(made))):
        (folder / f"{name}.{kind}").write_text(text)


def program_in(folder: Path, name: str) -> str:
    path = folder / name
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return str(path)


PROGRAMS = ("plain", "with $HOME %h", "with 'q' \"q\" \\ $X %%")


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is absent")
def test_systemd_takes_every_unit_without_a_word(units: Path) -> None:
    for number, path in enumerate(HOSTILE):
        program = program_in(units, PROGRAMS[number % len(PROGRAMS)])
        write_units(units, f"remind-{number}", job(path, (program,), CARRIED))
    done = verify(units)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    write_units(units, "broken", job("/x", ("/not/there",)))
    assert verify(units).returncode == 1


def test_systemd_itself_dumps_the_same_words(units: Path) -> None:
    asked = {f"remind-{one}-{two}": (path, program) for one, path in enumerate(HOSTILE)
             for two, program in enumerate(PROGRAMS)}  # fmt: skip
    for name, (path, program) in asked.items():
        write_units(units, name, job(path, (program_in(units, program),), CARRIED))
    services = " ".join(f"{name}.service" for name in asked)
    (units / "remind-all.target").write_text(f"[Unit]\nWants={services}\n")
    shown = dumped(units)
    for name, (path, program) in asked.items():
        check_dump(shown[f"{name}.service"], path, str(units / program))


def check_dump(shown: str, path: str, program: str) -> None:
    assert f"\t\tEnvironment: {CARRIED[0][0]}={CARRIED[0][1]}\n" in shown
    assert f"\t\tDescription: What asks for a review in {Path(path)} (Forecast Ledger)\n" in shown
    line = re.search(r"\t\t\tCommand Line: (.*)\n", shown)
    assert line
    told = subprocess.run(["sh", "-c", f"printf '%s\\0' {line[1]}"], capture_output=True, text=True, check=True).stdout
    first, *rest = told.split("\0")[:-1]
    words = [first, *(word.replace("$$", "$") for word in rest)]
    assert (words[3:] if words[0] == "/bin/sh" else words) == expected(path, program)
    assert (words[:3] == ["/bin/sh", "-c", 'exec "$0" "$@"']) is ("\\" in program)


def dumped(units: Path) -> dict[str, str]:
    """What systemd understood of the units, told by a manager that starts nothing."""
    if not Path("/lib/systemd/systemd").exists() or os.getuid() != 0:
        pytest.skip("systemd's manager is absent, or this is not root")
    home = units / "home"
    home.mkdir()
    home.chmod(0o777)
    around = {
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(home),
        "SYSTEMD_UNIT_PATH": f"{units}:",
        "PATH": "/usr/bin:/bin",
    }
    words = ["/lib/systemd/systemd", "--user", "--test", "--unit=remind-all.target"]
    done = subprocess.run(words, capture_output=True, env=around, user=65534, group=65534, extra_groups=[], timeout=60)
    found = done.stdout.decode(errors="replace")
    if "-> Unit remind-all.target" not in found:
        pytest.skip("systemd's manager does not start here, not even for a test")
    return {name: rest for name, _, rest in (part.partition(":\n") for part in found.split("-> Unit "))}


# cron


def of_cron(text: str, *, halves: bool) -> str:
    """A command as cron hands it to the shell; with ``halves`` two backslashes are one, as some cron have it."""
    told, at = "", 0
    while at < len(text):
        if text[at] == "\\" and text[at + 1 : at + 2] in ({"%", "\\"} if halves else {"%"}):
            told, at = told + text[at + 1], at + 2
        elif text[at] == "\\":
            told, at = told + text[at : at + 2], at + 2
        else:
            assert text[at] != "%", "cron would end the command here"
            told, at = told + text[at], at + 1
    return told


def cron_commands(made: Job, ahead: tuple[int, ...] = (0,)) -> list[str]:
    lines = crontab_lines.block(made, ahead).splitlines()
    return [line.split(" ", 5)[5] for line in lines if not line.startswith("#")]


def shell_words(command: str, program: Path) -> list[str]:
    """The words that the program was started with by the shell."""
    done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, env={"PATH": "/usr/bin:/bin"})
    assert done.returncode == 0, done.stderr
    assert program.exists()
    return [os.fsdecode(word) for word in done.stdout.split(b"\0")[:-1]]


@pytest.fixture(scope="session")
def echo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A program that tells its words and what is carried to it; its path is hostile too."""
    path = tmp_path_factory.mktemp("it's a %d=\\\\b") / "pro gram"
    path.write_text('#!/bin/sh\nprintf "%s\\0" "$XDG_CONFIG_HOME" "$0" "$@"\n')
    path.chmod(0o755)
    return path


@pytest.mark.parametrize("path", HOSTILE)
@pytest.mark.parametrize("halves", [False, True])
@pytest.mark.parametrize("carried", [(), CARRIED])
def test_cron_and_the_shell_read_the_command_back(
    path: str, halves: bool, carried: tuple[tuple[str, str], ...], echo: Path
) -> None:
    (command,) = cron_commands(job(path, (str(echo),), carried))
    told = shell_words(of_cron(command, halves=halves), echo)
    assert told == [dict(carried).get("XDG_CONFIG_HOME", ""), *expected(path, str(echo))]


@hostile
def test_cron_reads_any_word_back(path: str) -> None:
    import shlex

    for halves in (False, True):
        assert shlex.split(of_cron(crontab_lines.word(path), halves=halves)) == [path]


def test_the_guard_starts_the_program_only_in_its_minutes(echo: Path, tmp_path: Path) -> None:
    date = tmp_path / "date"
    date.write_text('#!/bin/sh\nprintf "%s\\n" "$NOW"; test "$TZ" = Europe/Berlin && test "$1" = "+%u-%H:%M"\n')
    date.chmod(0o755)
    (command,) = cron_commands(job("/it's 100%/l.db", (str(echo),), CARRIED), (-120,))
    for now, starts in (
        ("1-09:00", True),
        ("1-09:09", True),
        ("1-08:59", False),
        ("1-09:10", False),
        ("2-09:00", False),
    ):
        around = {"PATH": f"{tmp_path}:/usr/bin:/bin", "NOW": now}
        done = subprocess.run(["/bin/sh", "-c", of_cron(command, halves=False)], capture_output=True, env=around)
        told = [os.fsdecode(word) for word in done.stdout.split(b"\0")[:-1]]
        assert told == ([CARRIED[0][1], *expected("/it's 100%/l.db", str(echo))] if starts else [])
        assert done.stderr == b""


# launchd and Windows


@hostile
def test_launchd_reads_the_command_back(path: str) -> None:
    text = launchd.agent(job(path, carried=CARRIED), [(9, 0, None), (8, 30, 6)])
    told = plistlib.loads(text.encode())
    assert told["ProgramArguments"] == expected(path)
    assert told["EnvironmentVariables"] == dict(CARRIED)
    assert told["StartCalendarInterval"] == [{"Hour": 9, "Minute": 0}, {"Hour": 8, "Minute": 30, "Weekday": 0}]
    assert plan_in(text) == str(PLAN)


def windows_words(text: str) -> list[str]:
    """Words as CommandLineToArgvW tells them."""
    found, word, inside, quoted = [], "", False, False
    for slashes, character in re.findall(r"(\\*)(.|\Z)", text, re.DOTALL):
        if character == '"':
            word += "\\" * (len(slashes) // 2)
            if len(slashes) % 2:
                word += '"'
            else:
                quoted, inside = not quoted, True
            continue
        word += slashes
        inside = inside or bool(slashes)
        if character in {" ", "\t", ""} and not quoted:
            found, word, inside = [*found, word] if inside else found, "", False
        else:
            word, inside = word + character, True
    return found


@hostile
def test_the_task_scheduler_reads_the_command_back(path: str) -> None:
    text = windows.task(job(path, ("C:\\Program Files\\f & g\\forecast.exe",)), [(9, 0, None), (8, 30, 6)])
    root = ET.fromstring(text.partition("\n")[2])
    space = {"t": "http://schemas.microsoft.com/windows/2004/02/mit/task"}
    assert root.findtext(".//t:Command", namespaces=space) == "C:\\Program Files\\f & g\\forecast.exe"
    assert windows_words(root.findtext(".//t:Arguments", "", space)) == expected(path)[1:]
    begins = [one.text for one in root.findall(".//t:StartBoundary", space)]
    assert begins == ["2024-01-01T09:00:00", "2024-01-01T08:30:00"]
    assert [one.tag.rpartition("}")[2] for one in root.findall(".//t:DaysOfWeek/*", space)] == ["Sunday"]
    assert plan_in(text) == str(PLAN)
    assert text.encode("utf-16").startswith((b"\xff\xfe", b"\xfe\xff"))


def test_a_windows_path_with_a_variable_is_refused() -> None:
    computer = Computer(platform="win32")
    with pytest.raises(RefusedError, match="for a variable"):
        windows.WindowsTask(computer).render(job("/a%TEMP%b"), 0)
    assert windows.WindowsTask(computer).render(job("/100%"), 0).texts


# refused everywhere


@pytest.mark.parametrize("name", ["a\nb", "a\rb", "a\x1bb", "a\x7fb", "a\u2028b", "a\x85b", "a\tb"])
def test_what_no_schedule_can_name_is_refused_in_one_line(name: str, tmp_path: Path) -> None:
    for path, environ in ((tmp_path / name, {}), (tmp_path / "l.db", {"FORECAST_CONFIG": f"/{name}"})):
        with pytest.raises(InputError) as refused:
            job_for(path, PLAN, environ)
        assert "which no schedule can name: rename it or move it" in str(refused.value)
        assert str(refused.value).isprintable()


def test_only_places_are_carried_and_no_secret(tmp_path: Path) -> None:
    environ = {
        "FORECAST_CHANNELS": "mail=mailto://u:hush@x",
        "FORECAST_CONFIG": "/c.toml",
        "PATH": "/bin",
        "HUSH": "hush",
    }
    made = job_for(tmp_path / "l.db", PLAN, environ)
    assert made.carried == (("FORECAST_CONFIG", "/c.toml"),)
    texts = (systemd_units.service(made), systemd_units.timer(made), crontab_lines.block(made, (0,)),
             launchd.agent(made, [(9, 0, None)]), windows.task(made, [(9, 0, None)]))  # fmt: skip
    assert "hush" not in json.dumps(texts)
    assert made.command[0].startswith("/") or sys.platform == "win32"
    assert str(tmp_path / "l.db") in made.command
