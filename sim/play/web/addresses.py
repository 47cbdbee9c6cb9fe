"""Where phones find this computer: its addresses in local networks, and a QR code of one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from ipaddress import IPv4Address, ip_address
from math import inf
from socket import gethostname
from time import monotonic
from urllib.request import ProxyHandler, build_opener

from sim.explore.serve.guard import LOOPBACK

_VIRTUAL = ("docker", "veth", "br-", "virbr", "vbox", "vmnet", "vethernet", "tun", "tap", "utun")
"""Beginnings of names of adapters that no phone can reach."""
_PROBE_SECONDS = 2.0
_FRESH = 10.0
_OPENER = build_opener(ProxyHandler({}))
"""Asks this computer itself, whatever proxy is set."""
PROBE_TEXT = "This is the class game. Open this address in your browser, not in a sign-in window."
"""What `/probe` says, by which the game recognises itself."""


def list_addresses() -> list[str]:
    """Return the addresses of this computer in local networks, the likeliest for phones first.

    Never a loopback address: a phone would look for the game on itself.
    """
    from ifaddr import get_adapters  # noqa: PLC0415  an extra

    found = {
        address.ip: adapter.nice_name
        for adapter in get_adapters()
        for address in adapter.ips
        if isinstance(address.ip, str)
    }
    return sort_addresses(found.items())


def sort_addresses(adapters: Iterable[tuple[str, str]]) -> list[str]:
    """Return usable addresses, those of home and school networks first.

    Args:
        adapters: each address with the name of its adapter.
    """
    usable = [(ip_address(ip), name) for ip, name in adapters]
    ranked = [
        (name.lower().startswith(_VIRTUAL), not ip.is_private, ip)
        for ip, name in usable
        if isinstance(ip, IPv4Address) and not (ip.is_loopback or ip.is_link_local)
    ]
    return [str(ip) for _, _, ip in sorted(ranked)]


@dataclass
class Reach:
    """Where a class is found: on this computer alone, or in the networks that it is in.

    Attributes:
        port: on which it listens.
        lan: whether phones can find it.
        find: lists the addresses of this computer.
        clock: the time in seconds; addresses are looked up again after a while, since a laptop
            that slept may have another.
    """

    port: int
    lan: bool
    find: Callable[[], list[str]] = field(default_factory=lambda: list_addresses)
    clock: Callable[[], float] = monotonic
    _found: list[str] = field(default_factory=list)
    _at: float = -inf

    def ips(self) -> list[str]:
        """Return the addresses that phones can use, the likeliest first; none without `lan`."""
        if self.lan and self.clock() - self._at > _FRESH:
            self._found, self._at = self.find(), self.clock()
        return self._found

    def hosts(self) -> Collection[str]:
        """Return the names and addresses, without a port, under which requests are answered."""
        name = gethostname().lower()
        here = {LOOPBACK, "localhost"}
        return here | ({*self.ips(), name, f"{name}.local"} if self.lan else set())

    def addresses(self) -> list[str]:
        """Return what to type into a phone, the likeliest first."""
        return make_addresses(self.ips(), self.port)


def make_addresses(hosts: Iterable[str], port: int) -> list[str]:
    """Return what to type into a browser, for each host."""
    return [f"http://{host}:{port}/" for host in hosts]


def draw_code(address: str) -> str:
    """Return the QR code of an address as SVG."""
    import segno  # noqa: PLC0415  an extra

    drawn = BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(drawn, kind="svg", xmldecl=False, omitsize=True, dark="#000", light="#fff")
    return drawn.getvalue().decode()


def probe(addresses: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """Yield each address, and whether the game answers there when this computer asks."""
    for address in addresses:
        yield address, _answers(address)


def _answers(address: str) -> bool:
    try:
        with _OPENER.open(f"{address}probe", timeout=_PROBE_SECONDS) as answer:
            return answer.read().decode() == PROBE_TEXT
    except OSError:
        return False
