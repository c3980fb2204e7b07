"""Planted secrets through every failure: in no message, exception, traceback, log, stream or repr."""

from __future__ import annotations

import logging
import os
import socket
import subprocess
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import pytest
from channel_servers import MESSAGE, Answer, Http, answering, closed_port, http_server

from ledger.errors import LedgerError
from ledger.services.channels import Terminal, configured_channels

PLANTED = ("PlAnTeDuser", "PlAnTeDpass", "PlAnTeDpath", "PlAnTeDtoken", "PlAnTeDfragment")
USER, PASSWORD, PATH, TOKEN, FRAGMENT = PLANTED
REST = f"/{PATH}?token={TOKEN}#{FRAGMENT}"


def _shown(problem: BaseException) -> str:
    """All that a traceback can show of it, with the variables of each of our frames as Rich prints them."""
    told, seen = [], set()
    stack: list[BaseException | None] = [problem]
    while stack:
        one = stack.pop()
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        told += ["".join(traceback.format_exception(one)), repr(one), str(one), repr(vars(one))]
        stack += [one.__cause__, one.__context__]
        place = one.__traceback__
        while place is not None:
            told.append(_variables(place.tb_frame))
            place = place.tb_next
    return "\n".join(told)


def _variables(frame: FrameType) -> str:
    ours = f"{os.sep}ledger{os.sep}" in frame.f_code.co_filename
    return "\n".join(f"{name} = {value!r}" for name, value in frame.f_locals.items()) if ours else ""


def _loris(connection: socket.socket) -> None:
    connection.settimeout(20)
    connection.recv(1)


ANSWERS: dict[str, Answer] = {
    "401": answering(401, f"X-Echo: {PASSWORD}"),
    "500": answering(500, f"X-Echo: {TOKEN}"),
    "redirect": answering(302, f"Location: http://127.0.0.1/{PATH}"),
    "garbage": lambda one: one.sendall(PASSWORD.encode() + b"\r\n\r\n"),
    "closed": lambda _: None,
    "time": _loris,
}
WAYS: dict[str, Callable[[int], str]] = {
    "webhook": lambda port: f"webhook+http://{USER}:{PASSWORD}@127.0.0.1:{port}{REST}",
    "push": lambda port: f"gotify://{USER}:{PASSWORD}@127.0.0.1:{port}/{PATH}/{TOKEN}",
    "mail": lambda port: f"mailto://{USER}:{PASSWORD}@127.0.0.1:{port}/{PATH}@example.org?from={TOKEN}@example.org",
}
BAD = [
    f"webhook+https://{USER}:{PASSWORD}@no-such-host.invalid{REST}",
    f"webhook+https://{USER}:{PASSWORD}@127.0.0.1{REST}",
    f"webhook+https://{USER}:{PASSWORD}@[::1{REST}",
    f"webhook+https://{USER}:{PASSWORD}@ex\u2100mple.org{REST}",
    f"webhook+https://{USER}:{PASSWORD}@example.org:{TOKEN}{REST}",
    f"webhook+http://{USER}:{PASSWORD}@example.org{REST}",
    f"mailto://{USER}:{PASSWORD}@example.org?to={PATH}@example.org",
    f"mailtos://{USER}:{PASSWORD}@no-such-host.invalid?to={PATH}@example.org",
    f"mailtos://{USER}:{PASSWORD}",
    f"mailtoss://{USER}:{PASSWORD}@example.org",
    f"json://{USER}:{PASSWORD}@example.org{REST}",
    f"https://{USER}:{PASSWORD}@example.org{REST}",
    f"slack://{TOKEN}/{PASSWORD}/{PATH}",
    f"discord://{TOKEN}/{PASSWORD}",
    f"tgram://{TOKEN}/{PATH}",
    f"ntfys://{TOKEN}",
    f"matrixs://{USER}:{PASSWORD}@no-such-host.invalid/{PATH}",
    PASSWORD,
]


@pytest.fixture
def quiet(capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture) -> Callable[[], str]:
    """What was printed and logged meanwhile, at every level."""
    caplog.set_level(logging.NOTSET)
    logging.getLogger().setLevel(1)

    def said() -> str:
        out, err = capfd.readouterr()
        return out + err + caplog.text + repr([one.__dict__ for one in caplog.records])

    return said


def _fails(url: str, *, limit: float | None = None) -> BaseException:
    channel = None
    try:
        channel = configured_channels({"FORECAST_CHANNELS": f"one={url}", "FORECAST_CHANNELS_ALLOW": "127.0.0.1"},
                                      Terminal(lambda _: None))[0]  # fmt: skip
        if limit is not None:
            channel._limit = limit  # type: ignore[attr-defined]
        channel.deliver(MESSAGE)
    except LedgerError as problem:
        found = problem
    assert not any(one in repr(channel) for one in PLANTED)
    return found


def _clean(problem: BaseException, said: str) -> None:
    shown = _shown(problem)
    assert not [one for one in PLANTED if one in shown], shown
    assert not [one for one in PLANTED if one in said], said
    assert problem.__cause__ is None
    assert "\n" not in str(problem)


@pytest.mark.parametrize(("way", "answer"), [(one, other) for one in WAYS for other in ANSWERS])
def test_secrets_in_no_failed_answer(way: str, answer: str, quiet: Callable[[], str]) -> None:
    with http_server() as server:
        server.answer = ANSWERS[answer]
        problem = _fails(WAYS[way](server.port), limit=1.5 if answer == "time" or way == "mail" else None)
    _clean(problem, quiet())


@pytest.mark.parametrize("way", WAYS)
def test_secrets_in_no_refused_connection(way: str, quiet: Callable[[], str]) -> None:
    _clean(_fails(WAYS[way](closed_port())), quiet())


@pytest.mark.parametrize("url", BAD)
def test_secrets_in_no_bad_address(url: str, quiet: Callable[[], str]) -> None:
    _clean(_fails(url), quiet())


def test_the_search_finds_what_is_there() -> None:
    """The test of the tests: a chained exception and a variable of ours are both looked through."""
    problem = LedgerError("outer")
    problem.__context__ = OSError(PASSWORD)
    assert PASSWORD in _shown(problem)


def test_command_line_tells_each_failure_in_a_line_and_no_secret(tmp_path: Path) -> None:
    with http_server() as server:
        server.answer = answering(500)
        port = server.port
        environ = {
            **{name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ},
            "HOME": str(tmp_path),
            "FORECAST_CONFIG": str(tmp_path / "config.toml"),
            "FORECAST_CHANNELS": " ".join(f"{name}={way(port)}" for name, way in WAYS.items() if name != "mail"),
            "FORECAST_CHANNELS_ALLOW": "127.0.0.1",
        }
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-c", "from ledger.cli import main; main()", "remind", "--test"],
            env=environ, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
    assert done.returncode == 1, done
    assert not [one for one in PLANTED if one in done.stdout + done.stderr]
    assert "webhook: webhook+http://…@127.0.0.1: it answered 500" in done.stderr
    assert "push: gotify://…@127.0.0.1: it answered 500" in done.stderr
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and _holds(path)]


def _holds(path: Path) -> bool:
    return any(one.encode() in path.read_bytes() for one in PLANTED)


def test_server_is_not_sent_the_fragment() -> None:
    with http_server() as server:
        _deliver(server)
        assert PATH in server.head()
        assert FRAGMENT not in server.head()


def _deliver(server: Http) -> None:
    environ = {"FORECAST_CHANNELS": f"one={WAYS['webhook'](server.port)}", "FORECAST_CHANNELS_ALLOW": "127.0.0.1"}
    configured_channels(environ, Terminal(lambda _: None))[0].deliver(MESSAGE)
