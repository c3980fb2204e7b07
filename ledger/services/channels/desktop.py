"""The desktop's own notification: ``notify-send`` where there is a session bus, ``osascript`` on macOS."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from html import escape
from pathlib import Path
from shutil import which

from ledger.errors import DeliveryError
from ledger.services.channels import TIME_LIMIT, Message
from ledger.services.channels.words import body_lines, title_line

MOST_LINES = 8
"""Lines that a notification shows; what is more is counted."""
_APPLE = """on run told
display notification (item 2 of told) with title (item 1 of told)
end run"""


class Desktop:
    """A notification on the screen of whoever runs the reminder."""

    def __init__(self, name: str, *, platform: str = sys.platform, environ: Mapping[str, str] = os.environ) -> None:
        """Notify on ``platform``."""
        self.name, self._platform, self._environ = name, platform, environ

    def __repr__(self) -> str:
        """Its name."""
        return f"Desktop({self.name!r})"

    def deliver(self, message: Message) -> None:
        """Show it; raises ``DeliveryError``."""
        problem = self._shown(message)
        if problem is not None:
            raise DeliveryError(f"desktop://: {problem}")

    def _shown(self, message: Message) -> str | None:
        program = {"darwin": "osascript"}.get(self._platform, "notify-send")
        if self._platform == "win32":
            return "there are no notifications on Windows yet; set up another channel"
        path = which(program, path=self._environ.get("PATH"))
        if path is None:
            return f"{program} is not there; install it (Debian: libnotify-bin), or set up another channel"
        return self._run([path, *_arguments(program, message)])

    def _run(self, command: list[str]) -> str | None:
        try:
            done = subprocess.run(  # noqa: S603 - a list of arguments, its program found by us
                command, env=_environment(self._environ), stdin=subprocess.DEVNULL, capture_output=True,
                timeout=TIME_LIMIT, check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            return "no answer in time"
        except OSError:
            return "its program could not be started"
        return None if done.returncode == 0 else "nobody is logged in at a desktop, or it shows no notifications"


def _arguments(program: str, message: Message) -> list[str]:
    lines = body_lines(message)
    more = [f"… and {len(lines) - MOST_LINES} more"] if len(lines) > MOST_LINES else []
    body = "\n".join([*lines[:MOST_LINES], *more])
    if program == "osascript":
        return ["-e", _APPLE, "--", title_line(message), body]
    return [
        "--app-name=Forecast Ledger",
        "--",
        title_line(message),
        escape(body, quote=False),
    ]  # a body is markup there


def _environment(environ: Mapping[str, str]) -> dict[str, str]:
    """The session's bus is where systemd puts it, also for cron, which tells nobody."""
    kept = {name: value for name, value in environ.items() if not name.startswith("FORECAST_")}
    if "DBUS_SESSION_BUS_ADDRESS" not in kept and hasattr(os, "getuid"):
        bus = Path(f"/run/user/{os.getuid()}/bus")
        if bus.exists():
            kept["DBUS_SESSION_BUS_ADDRESS"] = f"unix:path={bus}"
    return kept
