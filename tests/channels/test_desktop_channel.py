"""The desktop's notification, by a program that writes down what it was given."""

from __future__ import annotations

from pathlib import Path

import pytest
from channel_servers import HOSTILE, MESSAGE

from ledger.errors import DeliveryError
from ledger.services.channels import Message
from ledger.services.channels.desktop import MOST_LINES, Desktop


def program(folder: Path, name: str, ending: str = "exit 0") -> dict[str, str]:
    path = folder / name
    path.write_text(f'#!/bin/sh\nprintf "%s\\0" "$@" > {folder}/given\nenv > {folder}/env\n{ending}\n')
    path.chmod(0o755)
    return {"PATH": f"{folder}:/usr/bin:/bin", "FORECAST_CHANNELS": "SECRET"}


def given(folder: Path) -> list[str]:
    return (folder / "given").read_text().split("\0")[:-1]


def test_notification_is_handed_over(tmp_path: Path) -> None:
    Desktop("desktop", platform="linux", environ=program(tmp_path, "notify-send")).deliver(MESSAGE)
    assert given(tmp_path) == ["--app-name=Forecast Ledger", "--", "2 due", "\n".join(MESSAGE.body)]
    assert "SECRET" not in (tmp_path / "env").read_text()


def test_text_is_neither_markup_nor_option(tmp_path: Path) -> None:
    message = Message("--help", ("--version <b>&", *HOSTILE.body), (), "k")
    Desktop("desktop", platform="linux", environ=program(tmp_path, "notify-send")).deliver(message)
    *_, dashes, title, body = given(tmp_path)
    assert (dashes, title) == ("--", "--help")
    assert body.startswith("--version &lt;b&gt;&amp;\n")
    assert not set(body) & set("<>\x1b\x00\r\u202e")


def test_many_lines_are_counted(tmp_path: Path) -> None:
    message = Message("t", tuple(f"line {one}" for one in range(MOST_LINES + 5)), (), "k")
    Desktop("desktop", platform="linux", environ=program(tmp_path, "notify-send")).deliver(message)
    assert given(tmp_path)[-1].split("\n")[-2:] == [f"line {MOST_LINES - 1}", "… and 5 more"]


def test_apple_s_script_takes_the_text_as_arguments(tmp_path: Path) -> None:
    Desktop("desktop", platform="darwin", environ=program(tmp_path, "osascript")).deliver(MESSAGE)
    assert given(tmp_path)[-2:] == ["2 due", "\n".join(MESSAGE.body)]
    assert MESSAGE.body[0] not in given(tmp_path)[1]


@pytest.mark.parametrize(
    ("platform", "ending", "said"),
    [("linux", "exit 1", "nobody is logged in"), ("win32", "exit 0", "no notifications on Windows")],
)
def test_failure_is_told(tmp_path: Path, platform: str, ending: str, said: str) -> None:
    channel = Desktop("desktop", platform=platform, environ=program(tmp_path, "notify-send", ending))
    with pytest.raises(DeliveryError, match=said):
        channel.deliver(MESSAGE)


def test_missing_program_is_named(tmp_path: Path) -> None:
    with pytest.raises(DeliveryError, match="notify-send is not there"):
        Desktop("desktop", platform="linux", environ={"PATH": str(tmp_path)}).deliver(MESSAGE)
