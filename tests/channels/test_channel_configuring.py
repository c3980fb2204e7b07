"""Setting channels up: a private file or the environment; what is wrong is said in one line with no address in it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import InputError
from ledger.services.channels import LOG, Channel, Terminal, configured_channels
from ledger.services.channels.addresses import Address
from ledger.services.channels.configuring import reminders_path
from ledger.services.channels.schemes import INSTEAD, KNOWN, THROUGH_APPRISE
from ledger.services.channels.through_apprise import ThroughApprise
from ledger.services.channels.webhook import Webhook

SECRET = "s3cr3t"
TERMINAL = Terminal(lambda _message: None)
GOOD = f"""
allow = ["ntfy.lan", "LOCALHOST", "[::1]"]

[channels]
mail = "mailtos://me:{SECRET}@example.org"
phone = "ntfy://ntfy.lan/{SECRET}"
hook = "webhook+http://localhost/{SECRET}"
off = false
desktop = true
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "reminders.toml"


def written(file: Path, content: str | bytes, mode: int = 0o600) -> dict[str, str]:
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    file.chmod(mode)
    return {"FORECAST_CONFIG": str(file.with_name("config.toml"))}


def names(channels: list[Channel]) -> list[str]:
    return [one.name for one in channels]


def refusal(environ: dict[str, str]) -> str:
    with pytest.raises(InputError) as found:
        configured_channels(environ, TERMINAL)
    told = str(found.value)
    assert "\n" not in told
    assert SECRET not in told
    assert found.value.__cause__ is None
    assert found.value.__context__ is None
    return told


def test_without_a_file_there_is_the_terminal(file: Path) -> None:
    assert configured_channels({"FORECAST_CONFIG": str(file.with_name("config.toml"))}, TERMINAL) == [TERMINAL]


def test_file_is_read_in_its_order_and_the_terminal_comes_last(file: Path) -> None:
    found = configured_channels(written(file, GOOD), TERMINAL)
    assert names(found) == ["mail", "phone", "hook", "desktop", "terminal"]
    assert [type(one).__name__ for one in found[:3]] == ["ThroughApprise", "ThroughApprise", "Webhook"]
    assert SECRET not in repr(found)


@pytest.mark.parametrize("off", ["false", '"off"'])
def test_terminal_is_set_up_away(file: Path, off: str) -> None:
    found = configured_channels(written(file, f'[channels]\nterminal = {off}\nphone = "ntfys://topic"'), TERMINAL)
    assert names(found) == ["phone"]


def test_environment_takes_the_file_s_place(file: Path) -> None:
    environ = written(file, GOOD) | {
        "FORECAST_CHANNELS": "ntfys://a/b?x=y\n hook=webhook+http://ntfy.lan/in terminal=off",
        "FORECAST_CHANNELS_ALLOW": "ntfy.lan",
    }
    assert names(configured_channels(environ, TERMINAL)) == ["ntfys", "hook"]
    assert names(configured_channels(environ | {"FORECAST_CHANNELS": ""}, TERMINAL)) == ["terminal"]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o602, 0o610, 0o644, 0o666, 0o777])
def test_file_that_others_may_read_or_change_is_refused(file: Path, mode: int) -> None:
    told = refusal(written(file, GOOD, mode))
    assert f"mode {mode:04o}" in told
    assert told.endswith(f"chmod 600 {file}")


@pytest.mark.parametrize("mode", [0o600, 0o400, 0o700])
def test_private_file_is_read(file: Path, mode: int) -> None:
    assert len(configured_channels(written(file, GOOD, mode), TERMINAL)) == 5


@pytest.mark.skipif(not hasattr(os, "chown") or os.geteuid() != 0, reason="giving a file away takes root")
def test_file_of_somebody_else_is_refused(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    environ = written(file, GOOD)
    os.chown(file, 4321, 4321)
    assert "belongs to somebody else" in refusal(environ)
    monkeypatch.setattr(os, "geteuid", lambda: 4321)
    assert len(configured_channels(environ, TERMINAL)) == 5


def test_what_is_no_file_does_not_hang(file: Path) -> None:
    os.mkfifo(file, 0o600)
    assert "no file" in refusal({"FORECAST_CONFIG": str(file)})


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (f'[channels]\nmail = "mailtos://u:{SECRET}@example.org', "no TOML; a channel is"),
        (f"[channels]\nmail = mailtos://{SECRET}", "no TOML at line 2, column"),
        (f"[channels]\n{SECRET}", "no TOML; a channel is"),
        (b"[channels]\nmail = '\xff'", "UTF-8"),
        ("a = " + "[" * 100_000, "no TOML"),
        ("#" * 300_000, "too many"),
        (f'mail = "{SECRET}"', "[channels]"),
        (f'channels = "{SECRET}"', "[channels]"),
        (f'allow = "{SECRET}"', "allow takes hosts"),
        (f'allow = ["https://{SECRET}/"]', "allow takes hosts alone"),
        (f'[channels]\nmail = ["{SECRET}"]', "takes an address"),
        (f'[channels]\n"a b" = "ntfys://{SECRET}"', "a channel's name is a word"),
        (f'[channels]\n"a\\nb" = "ntfys://{SECRET}"', "a channel's name is a word"),
        (f'[channels]\nmail = "{SECRET}"', "'mail': its address has no scheme"),
        (f'[channels]\nmail = "terminal://{SECRET}"', "under its own name"),
        (f'[channels]\nmail = "mailtoss://{SECRET}"', "is no channel that is known; did you mean 'mailtos'"),
        (f'[channels]\nmail = "slakc://{SECRET}"', "did you mean 'slack'"),
        (f'[channels]\nmail = "qqqqqqqq://{SECRET}"', "; there are mailtos, "),
        (f'[channels]\nmail = "json://{SECRET}"', "use webhook+https://"),
        (f'[channels]\nmail = "https://{SECRET}"', "use webhook+https://"),
        (f'[channels]\nmail = "ntfys://{SECRET}{"x" * 4000}"', "more than 4,000 characters"),
        (f'[channels]\nmail = "mailto://u:{SECRET}@example.org"', "(mailto://…@example.org): it would be sent without"),
        (f'[channels]\nmail = "ntfy://ntfy.lan/{SECRET}"', "without encryption"),
        (f'[channels]\nmail = "webhook+http://ntfy.lan/{SECRET}"', "without encryption"),
        (f'[channels]\nmail = "webhook+https://2130706433/{SECRET}"', "no name and no address"),
        (f'[channels]\nmail = "webhook+https://example.org:{SECRET}/"', "cannot read this address"),
        (f'[channels]\nmail = "webhook+https://example.org/\\r\\nX: {SECRET}"', "cannot read this address"),
        (f'[channels]\nmail = "webhook+https://[{SECRET}"', "cannot read this address"),
        (f'[channels]\nmail = "webhook+https:///{SECRET}"', "no name and no address"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_one_line_without_secrets(file: Path, content: str | bytes, said: str) -> None:
    told = refusal(written(file, content))
    assert told.startswith(f"{file}: ")
    assert said in told


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (f"a=ntfys://{SECRET} a=ntfys://{SECRET}", "channel 2 has the name of another"),
        (f"ntfys://{SECRET} ntfys://{SECRET}", "channel 2 has the name of another"),
        (SECRET, "a channel's name is a word"),
        (f"ntfs://{SECRET}", "did you mean 'ntfys'"),
        (f"=ntfys://{SECRET}", "a channel's name is a word"),
    ],
)
def test_environment_is_checked_as_the_file_is(words: str, said: str) -> None:
    told = refusal({"FORECAST_CHANNELS": words})
    assert told.startswith("FORECAST_CHANNELS: ")
    assert said in told


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("mailtos://user:SECRET@mail.example.org?to=SECRET", "mailtos://…@mail.example.org"),
        ("webhook+https://u:SECRET@h.example.org:8443/SECRET?SECRET#SECRET", "webhook+https://…@h.example.org"),
        ("webhook+https://[2001:db8::1]/SECRET", "webhook+https://…@[2001:db8::1]"),
        ("mailtos://user:SEC/RET@mail.example.org", "mailtos://…"),
        ("mailtos://user:1/SECRET@mail.example.org", "mailtos://…"),
        ("mailtos://a.b:1/SECRET@mail.example.org", "mailtos://…"),
        ("mailtos://user:SEC#RET@mail.example.org", "mailtos://…"),
        ("mailtos://user:SEC@RET@mail.example.org", "mailtos://…"),
        ("ntfys://SECRET", "ntfys://…"),
        ("ntfys://SECRET@ntfy.example.org/SECRET", "ntfys://…@ntfy.example.org"),
        ("matrixs://SECRET", "matrixs://…"),
        ("slack://SECRET.SECRET/SECRET", "slack://…"),
        ("tgram://123.SECRET/1", "tgram://…"),
        ("SECRET", "an address that is not shown"),
        ("SECRET.org/x://y", "an address that is not shown"),
        ("mailtos://[SECRET", "mailtos://…"),
    ],
)
def test_address_prints_itself_masked(url: str, shown: str) -> None:
    address = Address(url)
    assert [str(address), repr(address), f"{address}"] == [shown] * 3
    assert address.reveal() == url


@given(
    scheme=st.sampled_from(sorted(KNOWN)),
    password=st.text(alphabet="abcXYZ019/?#@:%[]\\ .", min_size=1, max_size=8).map(lambda one: f"Zq{one}qZ"),
)
def test_no_password_is_shown_however_it_is_written(scheme: str, password: str) -> None:
    assert "Zq" not in str(Address(f"{scheme}://user:{password}@mail.example.org/path"))
    assert "qZ" not in str(Address(f"{scheme}://user:{password}@mail.example.org/path"))


def test_every_scheme_that_is_let_through_is_one_of_apprise() -> None:
    """And none that is sent elsewhere is let through as well."""
    code = "from apprise.manager_plugins import NotificationManager as M; print(*M().schemas())"
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) >= THROUGH_APPRISE
    assert not set(INSTEAD) & KNOWN


def test_apprise_is_not_imported_until_something_is_sent(file: Path) -> None:
    environ = written(file, GOOD)
    code = (
        "import sys; from ledger.services.channels import *\n"
        "configured_channels({'FORECAST_CONFIG': sys.argv[1]}, Terminal(print))\n"
        "print([one for one in sys.modules if one.split('.')[0] in ('apprise', 'requests', 'urllib3')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, environ["FORECAST_CONFIG"]], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_file_is_beside_the_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert reminders_path({"FORECAST_CONFIG": "/x/config.toml"}) == Path("/x/reminders.toml")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert reminders_path({}).name == "reminders.toml"


def test_types_hold_the_protocol() -> None:
    kinds: list[Channel] = [
        Webhook("a", Address("webhook+https://a.example/"), frozenset()),
        ThroughApprise("b", Address("ntfys://b"), frozenset()),
    ]
    assert names(kinds) == ["a", "b"]


@pytest.mark.parametrize(
    ("told", "names"),
    [
        ("", ["log"]),
        ("terminal=off", []),
        ("log=off", []),
        ("log=webhook+https://example.org/x", ["log"]),
        ("me=desktop://", ["me", "log"]),
    ],
)
def test_a_log_stands_in_the_terminals_place(told: str, names: list[str]) -> None:
    printed = Terminal(lambda _: None, LOG)
    found = configured_channels({"FORECAST_CHANNELS": told}, printed)
    assert [one.name for one in found] == names
    assert (printed in found) == (names[-1:] == ["log"] and "webhook" not in told)
