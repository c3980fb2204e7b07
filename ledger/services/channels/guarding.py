"""Which hosts a channel may reach: names are resolved once, every address is checked, and only those are connected to.

Refused are loopback, link-local, private, shared, multicast, reserved and tunnelled addresses, in every spelling,
unless the user allowed their host by name.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Callable, Collection
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

Resolver = Callable[[str, int], list[str]]
"""The addresses of a host, as text; raises ``OSError``."""

_ODD_NUMBER = re.compile(r"(.*\.)?(0x[0-9a-f]*|[0-9]+)")
_SHUT_4 = tuple(map(ip_network, ("192.0.0.0/24", "192.88.99.0/24", "100.64.0.0/10", "198.18.0.0/15")))
_GLOBAL_6 = ip_network("2000::/3")
_SHUT_6 = tuple(map(ip_network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")))
_NAT64 = ip_network("64:ff9b::/96")


class GuardError(OSError):
    """A host or an address that is not to be reached; its message holds neither."""


class HostError(GuardError):
    """What stands in a host's place is no name and no address in its usual form."""


def host_key(host: str) -> str:
    """A host as it is compared and resolved: lower-case ASCII, without brackets or a last dot; raises ``HostError``."""
    bare = host.strip("[]")
    if ":" in bare and "%" not in bare:
        return str(_address(bare))
    try:
        name = bare.encode("idna").decode("ascii").lower().removesuffix(".")
    except UnicodeError:
        name = ""
    if not re.fullmatch(r"[a-z0-9_]([a-z0-9_.-]{0,251}[a-z0-9_])?", name):
        raise HostError("no host name")
    if _ODD_NUMBER.fullmatch(name):  # a resolver reads 0177.1, 0x7f000001 and 2130706433 as 127.0.0.1
        return str(_address(name))
    return name


def _address(text: str) -> IPv4Address | IPv6Address:
    try:
        return ip_address(text)
    except ValueError:
        pass
    raise HostError("no address in its usual form")


def is_public(text: str) -> bool:
    """Whether an address, as a resolver gives it, belongs to the public Internet."""
    try:
        found = ip_address(text)
    except ValueError:
        return False
    return _public_4(found) if isinstance(found, IPv4Address) else _public_6(found)


def _public_4(found: IPv4Address) -> bool:
    return found.is_global and not found.is_multicast and not any(found in one for one in _SHUT_4)


def _public_6(found: IPv6Address) -> bool:
    if found.scope_id is not None:
        return False
    if found.ipv4_mapped is not None:
        return _public_4(found.ipv4_mapped)
    if found in _NAT64:
        return _public_4(IPv4Address(int(found) & 0xFFFF_FFFF))
    return found in _GLOBAL_6 and found.is_global and not any(found in one for one in _SHUT_6)


def system_resolver(host: str, port: int) -> list[str]:
    """What the system's resolver answers, in its order."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def permitted(host: str, port: int, allowed: Collection[str], resolve: Resolver = system_resolver) -> list[str]:
    """The addresses to connect to, resolved once, each checked; raises ``GuardError``, or the resolver's ``OSError``.

    One address that is not public refuses them all: a name that answers with both is not to be trusted with either.
    """
    name = host_key(host)
    found = resolve(name, port)
    if not found:
        raise socket.gaierror(socket.EAI_NONAME, "no address")
    if name not in allowed and not all(map(is_public, found)):
        raise GuardError("not public")
    return found
