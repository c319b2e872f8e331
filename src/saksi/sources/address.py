"""An address (URL) and whether it may be asked: its host is looked up once, checked, and used as checked."""

from __future__ import annotations

import ipaddress
import re
import socket
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urljoin, urlsplit

from saksi.errors import FetchError
from saksi.sources.policy import FetchPolicy

_PORTS: Final = {"http": 80, "https": 443}
_WEB_PORTS: Final = frozenset({80, 443, 8080, 8443})
_LONGEST: Final = 4_000
_UNFIT: Final = re.compile("[\x00-\x20\x7f\ud800-\udfff]")
_SAFE: Final = "/%:@!$&'()*+,;=~-._"
# In networks without IPv4, names of hosts that have nothing else lead here: the last 32 bits are their address.
_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Address:
    """An address, taken apart: `host` as it is looked up, `target` as it is asked for."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def origin(self) -> str:
        """Scheme, host and port as they stand in an address."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" if self.port == _PORTS[self.scheme] else f"{self.scheme}://{host}:{self.port}"

    @property
    def url(self) -> str:
        """The whole address, without a fragment."""
        return self.origin + self.target

    def leads_to(self, reference: str) -> str:
        """The address that a reference on this one means."""
        try:
            return urljoin(self.url, reference.strip())
        except ValueError:
            return reference


def address_of(url: str) -> Address:
    """The address `url`. Raises FetchError if it is none of the web, or holds a name and password."""
    text = url.strip().replace(" ", "%20")
    if len(text) > _LONGEST or _UNFIT.search(text):
        raise FetchError("is no address", where=url[:80], mend="For instance https://example.org/page.html")
    try:
        parts = urlsplit(text)
        scheme, host, port = parts.scheme.lower(), parts.hostname or "", parts.port
    except ValueError as bad:
        raise FetchError(f"is no address ({bad})", where=text[:80],
                         mend="For instance https://example.org/page.html") from bad
    if scheme not in _PORTS:
        raise FetchError("is no address of the web", where=text[:80], mend="Only http and https are fetched.")
    if parts.username is not None or parts.password is not None:
        raise FetchError("holds a user name or password", where=f"{scheme}://…@{host}",
                         mend="Save the page from a browser and add the file.")
    target = quote(parts.path or "/", safe=_SAFE)
    if parts.query:
        target += f"?{quote(parts.query, safe=_SAFE + '?[]|')}"
    return Address(scheme, _ascii(host, text), _PORTS[scheme] if port is None else port, target)


def _ascii(host: str, url: str) -> str:
    """The host as it is looked up: names in other letters in their ASCII form."""
    try:
        name = host if ":" in host else host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        name = ""
    if not name:
        raise FetchError("names no host", where=url[:80], mend="Check the address.")
    return name


def allowed_ips(address: Address, policy: FetchPolicy) -> list[str]:
    """The IP addresses of a host, to be connected to as they are, so that no second look-up can give others.

    Raises FetchError if the host is not found, or, unless the policy allows it, if any of them is not public.
    """
    if not policy.allow_private and address.port not in _WEB_PORTS:
        raise FetchError(f"asks for port {address.port}, which is none of the web", where=address.url,
                         mend="--allow-private allows any port.")
    try:
        found = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchError(f"the host {address.host!r} is not found ({getattr(error, 'strerror', None) or error})",
                         where=address.url, mend="Check the address and the network.") from error
    ips = list(dict.fromkeys(str(place[4][0]) for place in found))
    for ip in ips if not policy.allow_private else ():
        if not is_public(ip):
            name = ip if ip == address.host else f"{address.host} ({ip})"
            raise FetchError(f"{name} is no public address", where=address.url,
                             mend="--allow-private allows addresses of your own network.")
    return ips


def is_public(ip: str) -> bool:
    """Whether anybody on the internet would reach the same host under this IP address."""
    try:
        address = ipaddress.ip_address(ip)
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        if address in _NAT64:
            address = ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
        elif address.ipv4_mapped or address.sixtofour or address.teredo or address.is_site_local:
            return False    # an IPv4 address in disguise, or of an old kind of private network
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)
