"""Mail and chats through Apprise's process, against real servers; and that process's guard, in a process of its own."""

from __future__ import annotations

import email.policy
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from email.message import EmailMessage
from pathlib import Path

import pytest
from channel_servers import (
    HOSTILE,
    MESSAGE,
    Http,
    Mail,
    answering,
    closed_port,
    http_server,
    mail_server,
    refusing_login,
    taking_login,
)  # fmt: skip

from ledger.errors import DeliveryError
from ledger.services.channels import Message
from ledger.services.channels.addresses import Address
from ledger.services.channels.schemes import CHATS, HOSTED, PLAIN
from ledger.services.channels.through_apprise import ThroughApprise

LOCAL = frozenset({"127.0.0.1", "localhost"})
TO = "from=ledger@example.org&to=me@example.org"


def channel(url: str, allowed: frozenset[str] = LOCAL, *, limit: float = 30) -> ThroughApprise:
    return ThroughApprise("mail", Address(url), allowed, limit=limit)


def failure(one: ThroughApprise, message: Message = MESSAGE) -> str:
    with pytest.raises(DeliveryError) as found:
        one.deliver(message)
    assert "SECRET" not in str(found.value)
    return str(found.value).partition(": ")[2]


@pytest.fixture
def mail() -> Iterator[Mail]:
    with mail_server() as found:
        yield found


@pytest.fixture
def http() -> Iterator[Http]:
    with http_server() as found:
        yield found


def received(mail: Mail) -> EmailMessage:
    (envelope,) = mail.envelopes
    found = email.message_from_bytes(envelope.content, policy=email.policy.default)
    assert isinstance(found, EmailMessage)
    return found


def lines_of(found: EmailMessage) -> list[str]:
    return str(found.get_content()).replace("\r\n", "\n").rstrip("\n").split("\n")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_mail_arrives(mail: Mail, host: str) -> None:
    channel(f"mailto://{host}:{mail.port}?{TO}").deliver(MESSAGE)
    found = received(mail)
    assert (found["Subject"], found["From"], found["To"]) == ("2 due", "ledger@example.org", "me@example.org")
    assert found.get_content_type() == "text/plain"
    assert lines_of(found) == list(MESSAGE.body)
    assert mail.envelopes[0].rcpt_tos == ["me@example.org"]


def test_hostile_mail_adds_no_header_no_receiver_and_no_control_character(mail: Mail) -> None:
    channel(f"mailto://127.0.0.1:{mail.port}?{TO}").deliver(HOSTILE)
    found = received(mail)
    assert found["Bcc"] is None
    assert found["Subject"] == "2 due␍␊Bcc: thief@example.org␍␊␍␊body"
    assert (mail.envelopes[0].rcpt_tos, mail.envelopes[0].mail_from) == (["me@example.org"], "ledger@example.org")
    lines = lines_of(found)
    assert len(lines) == len(HOSTILE.body)
    assert all(len(line) <= 400 for line in lines)
    assert not any(ord(one) < 32 or one == "\u202e" for line in lines for one in line)


def test_mail_that_the_server_refuses(mail: Mail) -> None:
    mail.reply = "554 SECRET says no"
    assert failure(channel(f"mailto://127.0.0.1:{mail.port}?{TO}")) == "it answered 554"


def test_login_that_is_refused() -> None:
    with mail_server(authenticator=refusing_login, auth_require_tls=False) as mail:
        told = failure(channel(f"mailto://u:SECRET@127.0.0.1:{mail.port}?{TO}"))
        assert told == "it does not take the user name or the token (it answered 535)"
        assert mail.envelopes == []


def test_mail_goes_encrypted_and_with_a_login(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By STARTTLS; nothing is sent before the certificate is checked."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with mail_server(tls_context=context, authenticator=taking_login, require_starttls=True) as mail:
        url = f"mailtos://u:SECRET@localhost:{mail.port}?{TO}"
        assert "certificate" in failure(channel(url))
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert "certificate" in failure(channel(url.replace("localhost", "127.0.0.1")))
        assert mail.envelopes == []
        channel(url).deliver(MESSAGE)
        assert lines_of(received(mail)) == list(MESSAGE.body)


def test_server_without_encryption_gets_neither_password_nor_message(mail: Mail) -> None:
    told = failure(channel(f"mailtos://u:SECRET@127.0.0.1:{mail.port}?{TO}"))
    assert told == "no encrypted connection could be made"
    assert mail.envelopes == []


def test_encryption_is_not_turned_off_by_a_parameter(mail: Mail) -> None:
    told = failure(channel(f"mailtos://u:SECRET@127.0.0.1:{mail.port}?{TO}&mode=insecure", frozenset()))
    assert told.startswith("it would be sent without encryption")
    assert mail.envelopes == []


def test_mail_server_that_is_not_there() -> None:
    assert failure(channel(f"mailto://127.0.0.1:{closed_port()}?{TO}")) == "the connection was refused"
    assert failure(channel(f"mailtos://u:SECRET@no.such.host.invalid?{TO}")) == "its host name is not found"


def test_slow_server_is_given_up_at_the_limit(http: Http) -> None:
    """One that takes the connection and never greets."""
    began = time.monotonic()
    told = failure(channel(f"mailto://127.0.0.1:{http.port}?{TO}", limit=1.5))
    assert told == "no answer in time"
    assert time.monotonic() - began < 4


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f.1", "LOCALHOST."])
def test_mail_server_that_is_not_allowed_by_name_is_not_reached(http: Http, host: str) -> None:
    url = f"mailtos://u:SECRET@example.org:{http.port}?smtp={host}&{TO}"
    assert failure(channel(url, frozenset({"example.org"}))).startswith(
        ("its host has an address", "its host is no name")
    )
    assert http.connections == 0


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (302, "it answered 302, a redirect, which is never followed; give the address that it leads to"),
        (401, "it does not take the user name or the token (it answered 401)"),
        (500, "it answered 500"),
    ],
)
def test_push_server_that_refuses(http: Http, status: int, said: str) -> None:
    with http_server() as other:
        http.answer = answering(status, f"Location: http://127.0.0.1:{other.port}/SECRET")
        assert failure(channel(f"gotify://127.0.0.1:{http.port}/SECRETtoken?redirect=yes")) == said
        assert (http.connections, other.connections) == (1, 0)


def test_push_arrives(http: Http) -> None:
    channel(f"gotify://127.0.0.1:{http.port}/SECRETtoken").deliver(HOSTILE)
    assert b"Will it?" in http.body()
    assert b"\\u001b" not in http.body()
    assert "Evil" not in http.head()


def test_chat_takes_no_text_for_markup(http: Http) -> None:
    channel(f"mmost://127.0.0.1:{http.port}/{'a' * 26}").deliver(HOSTILE)
    said = http.body().decode("unicode_escape")
    for sign in ("@everyone", "<!channel>", "<@U12345>", "](", "`code`", "<b>"):
        assert sign not in said


LONG = "a" * 26
PATHS = {
    "mastodons": "{long}@{host}", "misskeys": "{long}@{host}", "matrixs": "u:p@{host}/%23room",
    "rockets": "u:p@{host}/%23room",
    "ntfys": "u:p@{host}/topic", "signals": "{host}/+15551234567/+15551234568",
}  # fmt: skip


def test_message_that_is_too_long_for_a_service_comes_in_parts(http: Http) -> None:
    lines = tuple(f"{one}. {'x' * 380}" for one in range(25))
    channel(f"mmost://127.0.0.1:{http.port}/{LONG}").deliver(Message("25 due", lines, (), "k"))
    assert 2 < len(http.requests) < 6
    assert all(len(one) < 5000 for one in http.requests)
    said = b"".join(http.requests)
    assert all(f"{one}. xxx".encode() in said for one in range(25))


@pytest.mark.parametrize("scheme", sorted(one for one in HOSTED - PLAIN if not one.startswith("mail")))
def test_no_service_reaches_a_host_that_is_not_allowed(http: Http, scheme: str) -> None:
    """Each with an address that it reads and would connect to."""
    path = PATHS.get(scheme, "u:{long}@{host}/{long}").format(long=LONG, host=f"127.0.0.1:{http.port}")
    told = failure(channel(f"{scheme}://{path}", frozenset()))
    assert told.startswith("its host has an address that is not public")
    assert http.connections == 0


def test_schemes_are_of_one_mind() -> None:
    assert {f"{one}s" for one in PLAIN} == HOSTED - PLAIN
    assert {"slack", "discord", "tgram", "mmosts", "matrixs"} <= CHATS


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="there is no /proc here")
def test_address_is_in_no_list_of_processes_and_no_environment(http: Http, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORECAST_CHANNELS", "mail=mailto://SECRET")
    monkeypatch.setenv("HTTPS_PROXY", "http://SECRET@127.0.0.1:1")
    seen: list[bytes] = []

    def answer(connection: object) -> None:
        del connection
        for process in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                listed = (process / "cmdline").read_bytes()
                if b"apprise_child" in listed:
                    seen.extend([listed, (process / "environ").read_bytes()])

    http.answer = answer
    with suppress(DeliveryError):
        channel(f"gotify://127.0.0.1:{http.port}/SECRETtoken").deliver(MESSAGE)
    assert seen
    assert not any(b"SECRET" in line for line in seen)


GUARDED = """
import socket, subprocess, os, sys
answers = [["8.8.8.8"], ["127.0.0.1"], ["8.8.8.8", "127.0.0.1"], ["127.0.0.1"]]
def system(host, port, *rest, **named):
    return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in answers.pop(0)]
real, socket.getaddrinfo = socket.getaddrinfo, system
from ledger.services.channels.apprise_guard import Guard
guard, port = Guard(frozenset({"allowed.example"})), int(sys.argv[1])
guard.install()
def tell(name, act):
    try:
        act()
        print(name, "done")
    except OSError as problem:
        print(name, type(problem).__name__)
    except TypeError as problem:
        print(name, "TypeError")
tell("first", lambda: socket.getaddrinfo("rebind.example", port))
tell("again", lambda: socket.getaddrinfo("rebind.example", port))
tell("both", lambda: socket.create_connection(("rebind.example", port)))
tell("number", lambda: socket.socket().connect(("127.0.0.1", port)))
tell("name", lambda: socket.socket().connect(("localhost", port)))
tell("unix", lambda: socket.socket(socket.AF_UNIX).connect("/run/x"))
tell("datagram", lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", port)))
tell("six", lambda: socket.socket(socket.AF_INET6).connect(("::1", port)))
tell("mapped", lambda: socket.socket(socket.AF_INET6).connect(("::ffff:127.0.0.1", port)))
tell("program", lambda: subprocess.run(["true"]))
tell("shell", lambda: os.system("true"))
tell("fork", lambda: os.fork())
tell("allowed", lambda: socket.create_connection(("allowed.example", port)))
"""


def test_guard_of_the_process_lets_nothing_else_through(http: Http) -> None:
    done = subprocess.run(
        [sys.executable, "-c", GUARDED, str(http.port)], capture_output=True, text=True, check=True, timeout=30
    )
    told = dict(line.split() for line in done.stdout.splitlines())
    assert told.pop("first") == told.pop("allowed") == "done"
    assert set(told.values()) == {"GuardError"}, told
    assert len(told) == 11
    time.sleep(0.1)
    assert http.connections == 1


def test_encrypted_mail_with_a_certificate_of_nobody() -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with http_server(context) as server:  # has no certificate at all: the handshake fails
        told = failure(channel(f"mailtos://u:SECRET@127.0.0.1:{server.port}?{TO}&mode=ssl"))
    assert told in {"no encrypted connection could be made", "the connection was closed before an answer came"}
