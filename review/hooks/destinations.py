"""Where webhooks may go: nowhere inside, unless whoever runs the server says so.

An administrator of reviews is not the administrator of the network: without this check a webhook
could make the server speak to machines that only the server can reach. So names are resolved here,
every address is looked at, and what is then connected to is the address and not the name, which
could mean something else a moment later.
"""

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from review.hooks.errors import InvalidHookError, NotDeliveredError

MAX_URL_CHARS = 2000
"""Longer addresses do not pass every proxy and server."""

_PORTS = {"http": 80, "https": 443}
# Addresses that carry an IPv4 address for a translator at the border of the network (RFC 6052).
_NAT64 = ipaddress.ip_network("64:ff9b::/96")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """Where a webhook goes, taken apart."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        """As the header Host has it."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        return name if self.port == _PORTS[self.scheme] else f"{name}:{self.port}"

    def url_at(self, address: str) -> str:
        """The same with an address in the place of the name."""
        place = f"[{address}]" if ":" in address else address
        return f"{self.scheme}://{place}:{self.port}{self.target}"


def destination(url: str, *, allow_private: bool) -> Destination:
    """Where a URL points to.

    Args:
        url: Of a webhook.
        allow_private: Whether it may be inside, and then over plain http.

    Raises:
        InvalidHookError: it may not be one.
    """
    if len(url) > MAX_URL_CHARS or not (url.isascii() and url.isprintable()) or " " in url:
        raise InvalidHookError("an address is printable ASCII, 2000 characters at most")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise InvalidHookError("it is no address such as https://example.org/hook") from error
    _check_parts(parts, host, allow_private=allow_private)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    wanted = Destination(
        scheme=parts.scheme, host=host, port=port or _PORTS[parts.scheme], target=target
    )
    if _literal(host) is not None and not allow_private:
        require_public([host])
    return wanted


def require_public(addresses: Sequence[str]) -> None:
    """Refuse a name of which any address is not out on the internet.

    Raises:
        InvalidHookError: naming none of them, for they say how the network is laid out.
    """
    for text in addresses:
        if not all(one.is_global and not one.is_multicast for one in _meant(text)):
            raise InvalidHookError(
                "its address is a private one (POLYCUE_WEB_HOOKS_TO_PRIVATE allows that)"
            )


def chosen(addresses: Sequence[str], *, allow_private: bool) -> str:
    """The address to connect to.

    Raises:
        NotDeliveredError: there is none, or one that may not be.
    """
    if not addresses:
        raise NotDeliveredError("its name is not known")
    if not allow_private:
        try:
            require_public(addresses)
        except InvalidHookError as error:
            raise NotDeliveredError(error.why) from error
    return addresses[0]


def _check_parts(parts: SplitResult, host: str, *, allow_private: bool) -> None:
    if parts.scheme not in _PORTS or not host:
        raise InvalidHookError("it is no address such as https://example.org/hook")
    if parts.scheme == "http" and not allow_private:
        raise InvalidHookError("it is not https")
    if parts.username or parts.password or parts.fragment:
        raise InvalidHookError("leave out name, password and fragment")


def _meant(text: str) -> list[Address]:
    """An address, and the IPv4 address it stands for."""
    address = ipaddress.ip_address(text)
    meant: list[Address] = [address]
    if isinstance(address, ipaddress.IPv6Address):
        inner = [address.ipv4_mapped, address.sixtofour]
        if address in _NAT64:
            inner.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        meant += [one for one in inner if one is not None]
        if address.teredo is not None:
            meant += address.teredo
    return meant


def _literal(host: str) -> Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None
