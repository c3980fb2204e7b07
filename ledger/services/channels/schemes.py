"""The kinds of channel: which schemes an address may have, and what stands in its host's place.

A list of what is let through, not of what is shut out: a release of Apprise with a new service, or one that runs
programs or writes files, opens nothing here. All of them connect through the guard of ``apprise_child``.
"""

from __future__ import annotations

DESKTOP, TERMINAL, LOG = "desktop", "terminal", "log"
WEBHOOKS = frozenset({"webhook+https", "webhook+http"})
"""Our own: JSON by POST to an address that is resolved once, checked and pinned."""

_PAIRS = (
    "mailto", "ntfy", "gotify", "mmost", "rocket", "matrix", "nctalk", "ncloud", "mastodon", "misskey", "signal",
    "hassio", "synology", "bark",
)  # fmt: skip
PLAIN = frozenset(_PAIRS)
"""Without encryption: only to a host that the user allows by name."""
HOSTED = PLAIN | {f"{one}s" for one in _PAIRS}
"""A server of the user's choice stands in the host's place."""
FIXED = frozenset({
    "slack", "discord", "tgram", "gchat", "workflows", "wxteams", "webex", "zulip", "twist", "flock", "ryver",
    "groupme", "revolt", "bsky", "line", "dingtalk", "feishu", "lark", "wecombot",
    "pover", "pbul", "prowl", "push", "pushed", "spush", "join", "ifttt", "whatsapp",
    "sendgrid", "mailgun", "sparkpost", "smtp2go", "postmark", "resend", "brevo", "ses",
})  # fmt: skip
"""Chats, pushes and mail services at a fixed address of their own; tokens stand in the host's place."""
CHATS = frozenset({
    "slack", "discord", "tgram", "gchat", "workflows", "wxteams", "webex", "zulip", "twist", "flock", "ryver",
    "groupme", "revolt", "bsky", "line", "dingtalk", "feishu", "lark", "wecombot",
    "mmost", "mmosts", "rocket", "rockets", "matrix", "matrixs", "nctalk", "nctalks", "mastodon", "mastodons",
    "misskey", "misskeys", "synology", "synologys", "whatsapp", "signal", "signals",
})  # fmt: skip
"""Where a text may be taken for markup, or call people by an ``@``."""
THROUGH_APPRISE = HOSTED | FIXED
KNOWN = THROUGH_APPRISE | WEBHOOKS | {DESKTOP, TERMINAL}

_GENERIC = ("json", "xml", "form", "apprise", "http", "webhook")
_DESKTOPS = ("dbus", "kde", "qt", "glib", "gio", "gnome", "macosx", "windows", "growl", "syslog")
INSTEAD = {
    **{name: "webhook+https://" for one in _GENERIC for name in (one, f"{one}s")},
    **dict.fromkeys(_DESKTOPS, "desktop://"),
}
"""Schemes that are refused, and which to use instead: generic posts would pass by the webhook's checks."""
