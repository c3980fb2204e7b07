"""Which addresses a channel may reach: every spelling of a private one ends at the guard, with no connection made."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address, ip_network

import pytest
from channel_servers import MESSAGE, Http, http_server
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import DeliveryError
from ledger.services.channels.addresses import Address
from ledger.services.channels.guarding import GuardError, HostError, host_key, is_public, permitted
from ledger.services.channels.webhook import Webhook


def words(text: str) -> list[str]:
    return text.split()


PRIVATE = words("""
0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.127.255.255 127.0.0.1 127.1.2.3 169.254.0.1 169.254.169.254
172.16.0.1 172.31.255.255 192.0.0.1 192.0.0.170 192.0.2.1 192.88.99.1 192.168.0.1 192.168.255.255 198.18.0.1
198.19.255.255 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255
:: ::1 ::127.0.0.1 ::8.8.8.8 ::ffff:127.0.0.1 ::ffff:7f00:1 ::ffff:10.0.0.1 ::ffff:0:127.0.0.1 64:ff9b::127.0.0.1
64:ff9b::10.0.0.1 64:ff9b::a9fe:a9fe 64:ff9b:1::1 100::1 2001::1 2001:0:7f00:1::1 2001:db8::1 2002:7f00:1::1
2002:c0a8:1::1 3fff::1 5f00::1 fc00::1 fd12:3456::1 fe80::1 fe80::1%1 fe80::1%lo fec0::1 ff02::1 ff0e::1
""")
PUBLIC = words("1.1.1.1 8.8.8.8 93.184.216.34 2606:4700::1111 2a00:1450::1 64:ff9b::8.8.8.8 ::ffff:8.8.8.8")
SPELLED = words("""
127.0.0.1 127.0.0.1. 127.1 127.0.1 2130706433 017700000001 0x7f000001 0x7f.0.0.1 0x7f.1 0177.0.0.1 0177.0.0.01
127.0.0.0x1 00000177.0.0.1 4294967295 0 00 0x0 0.0.0.0 localhost LOCALHOST localhost. ⓛocalhost １２７.0.0.1
127。0。0。1 127．0．0．1 ①②⑦.0.0.1 [::1] [::] [0:0:0:0:0:0:0:1] [::ffff:127.0.0.1] [::ffff:7f00:1] [::127.0.0.1]
[64:ff9b::127.0.0.1] [64:ff9b::7f00:1] [2002:7f00:1::] [fe80::1%25lo] [fe80::1%lo] [::1%lo] [::1%251]
me@127.0.0.1 8.8.8.8@127.0.0.1 127.0.0.1#@8.8.8.8 127.0.0.1?@8.8.8.8 127.0.0.1\\@8.8.8.8 8.8.8.8\\@127.0.0.1
127.0.0.1%2e example.org%00.localhost 127.0.0.1%00.example.org 10.0.0.1 192.168.1.1 169.254.169.254 [fd00::1]
[ff02::1] 224.0.0.1 255.255.255.255 [ [] [::1 ::1] .. . -- _ %6c%6f%63%61lhost
""")


@pytest.mark.parametrize("address", PRIVATE)
def test_address_that_is_not_public_is_refused(address: str) -> None:
    assert not is_public(address)
    with pytest.raises(GuardError):
        permitted("hook.example", 443, (), lambda _host, _port: ["8.8.8.8", address])


@pytest.mark.parametrize("address", PUBLIC)
def test_public_address_is_let_through(address: str) -> None:
    assert permitted("hook.example", 443, (), lambda _host, _port: [address]) == [address]


@given(st.ip_addresses())
def test_no_public_address_lies_in_a_range_that_is_set_apart(address: IPv4Address | IPv6Address) -> None:
    if is_public(str(address)):
        assert address.is_global
        assert not (address.is_private or address.is_multicast or address.is_loopback or address.is_link_local)


@given(st.ip_addresses(v=4), st.sampled_from(["::ffff:0:0/96", "64:ff9b::/96"]))
def test_embedded_address_is_as_public_as_the_one_it_holds(inner: IPv4Address, prefix: str) -> None:
    outer = IPv6Address(int(ip_network(prefix).network_address) + int(inner))
    assert is_public(str(outer)) == is_public(str(inner))


@given(st.ip_addresses(v=4), st.sampled_from(["{0:d}", "{0:#x}", "0{0:o}"]))
def test_number_in_a_host_s_place_is_no_address(address: IPv4Address, spelling: str) -> None:
    with pytest.raises(HostError):
        host_key(spelling.format(int(address)))


def test_name_that_answers_nothing_is_not_found() -> None:
    with pytest.raises(socket.gaierror):
        permitted("hook.example", 443, (), lambda _host, _port: [])


def test_allowed_name_may_be_private_and_its_neighbour_not() -> None:
    def resolve(host: str, port: int) -> list[str]:
        del host, port
        return ["192.168.1.5"]

    allowed = {host_key("Ntfy.LAN.")}
    assert permitted("ntfy.lan", 443, allowed, resolve) == ["192.168.1.5"]
    for other in ("ntfy.lan.example.org", "x.ntfy.lan", "ntfylan", "192.168.1.5"):
        with pytest.raises(GuardError):
            permitted(other, 443, allowed, resolve)


@pytest.fixture(scope="module")
def server() -> Iterator[Http]:
    with http_server() as found:
        yield found


@pytest.mark.parametrize("scheme", ["webhook+https", "webhook+http"])
@pytest.mark.parametrize("host", SPELLED)
def test_no_spelling_of_loopback_makes_a_connection(host: str, scheme: str, server: Http) -> None:
    address = Address(f"{scheme}://{host}:{server.port}/SECRET")
    with pytest.raises(DeliveryError) as refused:
        Webhook("hook", address, frozenset(), limit=5).deliver(MESSAGE)
    assert "SECRET" not in str(refused.value)
    assert server.connections == 0


def test_there_are_enough_spellings() -> None:
    assert 2 * len(SPELLED) >= 60
