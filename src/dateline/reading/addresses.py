"""Which addresses of the network may be asked: public ones alone, whatever form they are written in.

Python's own `is_global` holds 6to4, NAT64 and Teredo forms of the loopback address for public; here the address within
is looked at as well.

>>> is_public("93.184.216.34"), is_public("127.0.0.1"), is_public("2002:7f00:1::"), is_public("64:ff9b::a00:1")
(True, False, False, False)
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

Resolve = Callable[[str, int], list[str]]
"""Gives the addresses of a host, as a name server does."""

_NAT64 = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))
_COMPATIBLE = IPv6Network("::/96")
_TEREDO = IPv6Network("2001::/32")
_ISATAP = (0x00005EFE, 0x02005EFE)
"""The middle of addresses that hold an IPv4 address at their end (RFC 5214)."""


class RefusedAddressError(ValueError):
    """A host that may not be asked: it leads to an address that is not public."""


def resolve(host: str, port: int) -> list[str]:
    """The addresses of `host` as the system finds them, at least one. Raises OSError where there is none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


def public_address(host: str, port: int, resolve: Resolve) -> str:
    """The address of `host` to connect to; `RefusedAddressError` where any of its addresses is not public."""
    found = resolve(host, port)
    inside = [one for one in found if not is_public(one)]
    if inside:
        raise RefusedAddressError(f"{host} leads to {inside[0]}, which is not a public address")
    return found[0]


def is_public(address: str) -> bool:
    """Whether `address` and every address within it belong to the public network."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    return all(_is_public(one) for one in (parsed, *_within(parsed)))


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    if address in _NAT64[0]:
        return True  # how a network without IPv4 reaches it: the address within decides
    if isinstance(address, IPv6Address) and (address.is_site_local or address in _TEREDO):
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved)


def _within(address: IPv4Address | IPv6Address) -> Iterator[IPv4Address]:
    """The IPv4 addresses that an IPv6 address carries, by every scheme that it may belong to."""
    if isinstance(address, IPv4Address):
        return
    low = IPv4Address(int(address) & 0xFFFFFFFF)
    if address.ipv4_mapped is not None or address in _COMPATIBLE or any(address in net for net in _NAT64):
        yield low
    if (int(address) >> 32) & 0xFFFFFFFF in _ISATAP:
        yield low
    if address.sixtofour is not None:
        yield address.sixtofour
