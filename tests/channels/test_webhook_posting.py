"""The webhook against real servers: what it sends, whom it reaches, and how every bad answer ends."""

from __future__ import annotations

import json
import socket
import ssl
import time
from base64 import b64decode
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from channel_servers import HOSTILE, MESSAGE, NAME, OK, Answer, Http, answering, closed_port, http_server

from ledger.errors import DeliveryError
from ledger.services.channels.addresses import Address
from ledger.services.channels.guarding import Resolver, system_resolver
from ledger.services.channels.webhook import Webhook


@pytest.fixture
def server() -> Iterator[Http]:
    with http_server() as found:
        yield found


def webhook(
    server: Http,
    path: str = "/in?token=t0ken",
    *,
    limit: float = 5,
    resolve: Resolver = system_resolver,
    user: str = "",
) -> Webhook:
    address = Address(f"webhook+http://{user}127.0.0.1:{server.port}{path}")
    return Webhook("hook", address, frozenset({"127.0.0.1"}), limit=limit, resolve=resolve)


def failure(channel: Webhook) -> str:
    with pytest.raises(DeliveryError) as found:
        channel.deliver(MESSAGE)
    return str(found.value).partition(": ")[2]


def test_message_arrives_as_json(server: Http) -> None:
    webhook(server, user="m%40e:p%2Fw@").deliver(MESSAGE)
    head, told = server.head(), json.loads(server.body())
    assert head.startswith("POST /in?token=t0ken HTTP/1.1\r\n")
    assert f"\r\nHost: 127.0.0.1:{server.port}\r\n" in head
    assert "\r\nIdempotency-Key: abc123" in head
    basic = next(line for line in head.split("\r\n") if line.startswith("Authorization: Basic "))
    assert b64decode(basic.removeprefix("Authorization: Basic ")) == b"m@e:p/w"
    assert told == {**MESSAGE.as_data(), "text": "\n".join([MESSAGE.title, *MESSAGE.body])}


def test_hostile_message_adds_no_header_and_no_control_character(server: Http) -> None:
    webhook(server).deliver(HOSTILE)
    head, told = server.head(), json.loads(server.body())
    assert "Evil" not in head
    assert "Bcc" not in head
    assert server.body().isascii()
    assert all(32 <= one < 127 for one in server.body())
    assert told["items"][0]["title"] == HOSTILE.items[0].title
    lines = told["text"].split("\n")
    assert len(lines) == 1 + len(HOSTILE.body)
    assert all(len(line) <= 400 for line in lines)
    assert not any(ord(one) < 32 or one in "\u202e\x7f" for line in lines for one in line)


@pytest.mark.parametrize("status", [200, 201, 202, 204, 299])
def test_success(server: Http, status: int) -> None:
    server.answer = answering(status)
    webhook(server).deliver(MESSAGE)


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (301, "a redirect"), (302, "a redirect"), (307, "a redirect"), (308, "a redirect"), (304, "a redirect"),
        (401, "does not take the user name or the token (it answered 401)"), (403, "it answered 403"),
        (404, "it answered 404"), (429, "it answered 429"), (500, "it answered 500"), (503, "it answered 503"),
    ],
)  # fmt: skip
def test_refusal_is_told_by_its_number(server: Http, status: int, said: str) -> None:
    server.answer = answering(status, "Location: /SECRET", "X-Note: SECRET")
    told = failure(webhook(server))
    assert said in told
    assert "SECRET" not in told


def test_redirect_is_not_followed(server: Http) -> None:
    with http_server() as other:
        server.answer = answering(307, f"Location: http://127.0.0.1:{other.port}/")
        assert "never followed" in failure(webhook(server))
        assert (server.connections, other.connections) == (1, 0)


def _huge_head(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: %s\r\n" % (one, b"y" * 4000) for one in range(90)))
    connection.sendall(b"\r\n")


def _endless_line(connection: socket.socket) -> None:
    with suppress(OSError):
        while True:
            connection.sendall(b"z" * 65_536)


def _endless_continue(connection: socket.socket) -> None:
    with suppress(OSError):
        while True:
            connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n" * 100)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (_huge_head, "with too much"),
        (_endless_line, "not HTTP, or with too much"),
        (_endless_continue, "with too much"),
        (lambda one: one.sendall(b"SSH-2.0-OpenSSH_9\r\n\r\n"), "not HTTP"),
        (lambda one: one.sendall(b"HTTP/1.1 abc OK\r\n\r\n"), "not HTTP"),
        (lambda one: None, "closed before an answer came"),
    ],
    ids=["head", "line", "continue", "other protocol", "status", "closed"],
)
def test_answer_that_is_none_is_bounded(server: Http, answer: Answer, said: str) -> None:
    server.answer = answer
    began = time.monotonic()
    assert said in failure(webhook(server))
    assert time.monotonic() - began < 4


def test_huge_body_is_not_read(server: Http) -> None:
    sent = []

    def answer(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n")
        with suppress(OSError):
            while True:
                connection.sendall(b"x" * 1_000_000)
                sent.append(1)

    server.answer = answer
    webhook(server).deliver(MESSAGE)
    assert len(sent) < 50


def _drip(connection: socket.socket) -> None:
    with suppress(OSError):
        for one in b"HTTP/1.1 200 OK\r\n" * 100:
            connection.sendall(bytes([one]))
            time.sleep(0.1)


@pytest.mark.parametrize("answer", [_drip, lambda one: time.sleep(8)], ids=["drips", "silent"])
def test_slow_server_is_given_up_at_the_limit(server: Http, answer: Answer) -> None:
    server.answer = answer
    began = time.monotonic()
    assert failure(webhook(server, limit=0.7)) == "no answer in time"
    assert time.monotonic() - began < 3


def test_slow_resolver_is_given_up_at_the_limit(server: Http) -> None:
    def resolve(host: str, port: int) -> list[str]:
        del host, port
        time.sleep(4)
        return ["127.0.0.1"]

    began = time.monotonic()
    assert failure(webhook(server, limit=0.5, resolve=resolve)) == "no answer in time"
    assert time.monotonic() - began < 3


def test_refused_connection_and_unknown_name() -> None:
    assert failure(webhook(Http(port=closed_port()))) == "the connection was refused"

    def resolve(host: str, port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, f"{host} {port} SECRET")

    assert failure(webhook(Http(port=1), resolve=resolve)) == "its host name is not found"


def test_name_is_resolved_once_and_every_answer_is_checked(server: Http) -> None:
    """Rebinding: the second answer, which would lead to us, is never asked for."""
    asked = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["192.0.2.1"] if len(asked) == 1 else ["127.0.0.1"]

    address = Address(f"webhook+https://{NAME}:{server.port}/")
    with pytest.raises(DeliveryError, match="not public"):
        Webhook("hook", address, frozenset(), resolve=resolve, limit=2).deliver(MESSAGE)
    assert asked == [NAME]
    assert server.connections == 0


def test_proxy_of_the_environment_is_not_used(server: Http, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{closed_port()}")
    webhook(server).deliver(MESSAGE)
    assert server.connections == 1


@pytest.fixture
def secure(certificate: Path) -> Iterator[Http]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with http_server(context) as found:
        yield found


def _secure_hook(secure: Http, certificate: Path | None, host: str = NAME, limit: float = 5) -> Webhook:
    asked: list[str] = []

    def resolve(name: str, port: int) -> list[str]:
        del port
        asked.append(name)
        return ["127.0.0.1"] if len(asked) == 1 else ["192.0.2.1"]

    context = ssl.create_default_context(cafile=None if certificate is None else str(certificate))
    address = Address(f"webhook+https://{host}:{secure.port}/path")
    return Webhook("hook", address, frozenset({host}), resolve=resolve, context=context, limit=limit)


def test_pinned_address_is_reached_under_the_host_s_own_name(secure: Http, certificate: Path) -> None:
    _secure_hook(secure, certificate).deliver(MESSAGE)
    assert secure.names == [NAME]
    assert f"\r\nHost: {NAME}:{secure.port}\r\n" in secure.head()


def test_certificate_is_checked_against_the_host_s_name(secure: Http, certificate: Path) -> None:
    assert "certificate" in failure(_secure_hook(secure, None))
    assert "certificate" in failure(_secure_hook(secure, certificate, host="other.example"))
    assert secure.requests == []


def test_server_without_encryption_is_told(server: Http, certificate: Path) -> None:
    server.answer = lambda one: one.sendall(OK)
    server.requests.append(b"")
    assert failure(_secure_hook(server, certificate, limit=1)) in {
        "no encrypted connection could be made", "no answer in time", "the connection was closed before an answer came",
    }  # fmt: skip
