"""The webhook: a message as JSON by POST, to the address that the user gave and to no other."""

from __future__ import annotations

import json
import re
import ssl
from base64 import b64encode
from collections.abc import Collection
from urllib.parse import SplitResult, unquote, urlsplit

from ledger.errors import DeliveryError
from ledger.services.channels import TIME_LIMIT, Message
from ledger.services.channels.addresses import Address
from ledger.services.channels.guarding import HostError, Resolver, host_key, system_resolver
from ledger.services.channels.posting import Posting, Target
from ledger.services.channels.troubles import Trouble
from ledger.services.channels.words import plain_lines

_PRINTABLE = re.compile(r"[!-~]+")


class Webhook:
    """``webhook+https://host/path``; ``webhook+http`` only to a host that is allowed by name. No proxy, no redirect."""

    def __init__(
        self,
        name: str,
        address: Address,
        allowed: Collection[str],
        *,
        resolve: Resolver = system_resolver,
        context: ssl.SSLContext | None = None,
        limit: float = TIME_LIMIT,
    ) -> None:
        """Post to ``address``; hosts of ``allowed`` (``host_key``) may have any address."""
        self.name, self._address, self._allowed = name, address, allowed
        self._resolve, self._context, self._limit = resolve, context, limit

    def __repr__(self) -> str:
        """Without the secrets."""
        return f"Webhook({self.name!r}, {self._address})"

    def trouble(self) -> Trouble | None:
        """What is wrong with the address, before anything is sent."""
        target = self._target()
        return target if isinstance(target, Trouble) else None

    def deliver(self, message: Message) -> None:
        """Post it; raises ``DeliveryError``."""
        found = self._posted(message)
        if found is not None:
            raise DeliveryError(f"{self._address}: {found.told()}")

    def _posted(self, message: Message) -> Trouble | None:
        target = self._target()
        if isinstance(target, Trouble):
            return target
        posting = Posting(target, self._allowed, self._resolve, self._limit)
        return posting.post(_body(message), _headers(message, urlsplit(self._address.reveal())))

    def _target(self) -> Target | Trouble:
        url = self._address.reveal()
        try:
            parts = urlsplit(url)
            host, port = host_key(parts.hostname or ""), parts.port
        except HostError:
            return Trouble("host")
        except ValueError:
            return Trouble("address")
        secure = self._address.scheme == "webhook+https"
        if not _PRINTABLE.fullmatch(url) or "\\" in url or port == 0:
            return Trouble("address")
        if not secure and host not in self._allowed:
            return Trouble("plain")
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        return Target(host, port or (443 if secure else 80), path, secure, self._context)


def _body(message: Message) -> bytes:
    """The message's data, and its lines as ``text``, which chats with webhooks of their own show."""
    text = "\n".join(plain_lines(message))
    return json.dumps(message.as_data() | {"text": text}, allow_nan=False).encode("ascii")


def _headers(message: Message, parts: SplitResult) -> dict[str, str]:
    found = {"Content-Type": "application/json", "User-Agent": "forecast-ledger", "Connection": "close"}
    if re.fullmatch(r"[A-Za-z0-9_-]{1,80}", message.key):
        found["Idempotency-Key"] = message.key
    if parts.username is not None:
        pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        found["Authorization"] = "Basic " + b64encode(pair.encode("utf-8")).decode("ascii")
    return found
