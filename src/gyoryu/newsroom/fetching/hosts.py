"""Which machines may be visited: an address typed by a person must not open the inner network."""

import re
import socket
from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
Resolve = Callable[[str, int], Sequence[str]]

# IPv6 forms that carry an IPv4 address in their last or in other bits.
_TRANSLATED = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))
_COMPATIBLE = IPv6Network("::/96")
_CLOSED = tuple(
    map(
        ip_network,
        (
            "0.0.0.0/8",
            "100.64.0.0/10",
            "192.0.0.0/24",
            "192.88.99.0/24",
            "198.18.0.0/15",
            "240.0.0.0/4",
            "fec0::/10",
            "100::/64",
            "2001:2::/48",
            "5f00::/16",
        ),
    )
)
# A host that ends in a number is an IPv4 address for a resolver: 2130706433, 0x7f.1, 017700000001.
_NUMERIC = re.compile(r"(?:.*\.)?(?:0x[0-9a-f]*|\d+)\.?", re.I)


def system_resolve(host: str, port: int) -> list[str]:
    """Every address of a name, as the system tells them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(place[4][0]) for place in found))


def is_odd(host: str) -> bool:
    """Whether a host is spelled as no honest address is: a number in disguise, or a scoped one."""
    if "%" in host or not host:
        return True
    try:
        ip_address(host)
    except ValueError:
        return bool(_NUMERIC.fullmatch(host))
    return False


def is_public(address: str) -> bool:
    """Whether an address belongs to the open internet, in every form that it can be read in."""
    try:
        read = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return all(map(_is_open, _meanings(read)))


def _meanings(address: Address) -> list[Address]:
    if isinstance(address, IPv4Address):
        return [address]
    meant: list[Address] = []
    if address.ipv4_mapped:
        return [address.ipv4_mapped]
    if address.sixtofour:
        meant.append(address.sixtofour)
    if address.teredo:
        meant.extend(address.teredo)
    if any(address in network for network in _TRANSLATED) or address in _COMPATIBLE:
        meant.append(IPv4Address(int(address) & 0xFFFFFFFF))
        return meant
    return [address, *meant]


def _is_open(address: Address) -> bool:
    closed = (
        address.is_private
        or address.is_loopback
        or address.is_link_local
        or address.is_multicast
        or address.is_reserved
        or address.is_unspecified
    )
    inside = any(address in network for network in _CLOSED if network.version == address.version)
    return not closed and not inside and address.is_global
