"""What `sim play` says on the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.play.web.run import Invitation

_NO_PHONES = "  Phones     none: only this computer is answered. With --lan, phones can join."
_NO_NETWORK = "  Phones     none: this computer is in no network. Join one, or open a hotspot."
_NOWHERE = "This computer is in no network that phones could use. Join one, or open a hotspot."
_FIREWALL = "Where one does not answer, a firewall is in the way: allow Python to listen."
_BEWARE = """\
Whether phones reach it is not shown by this: some school networks separate devices.
Try one phone before class; if it fails, open a hotspot on this computer."""


def invitation(found: Invitation, file: str, *, lan: bool) -> str:
    """Return the addresses, the codes and the key; and what is open to whom."""
    codes = ", ".join(found.codes)
    return "\n".join(
        [
            "The class is open.",
            f"  Teacher    {found.teacher}",
            f"             with the key {found.key}, which only you should see",
            f"  Projector  {found.projector}",
            *_phones(found, lan=lan),
            f"  Code       {codes}",
            *(_warn(found) if lan else []),
            f"Every order is saved in {file} as it comes; sim play {file} goes on. Ctrl-C ends it.",
        ]
    )


def _phones(found: Invitation, *, lan: bool) -> list[str]:
    if not found.phones:
        return [_NO_NETWORK if lan else _NO_PHONES]
    first, *others = found.phones
    return [f"  Phones     {first}", *(f"             or {each}" for each in others)]


def _warn(found: Invitation) -> list[str]:
    port = found.projector.rpartition(":")[2].partition("/")[0]
    return [
        f"Port {port} is open to everybody in this network, without encryption, until Ctrl-C.",
        "The code lets phones join: close the lobby when all are in. Your own hotspot is safest.",
    ]


def reachability(found: Sequence[tuple[str, bool]]) -> str:
    """Return which addresses answered."""
    if not found:
        return _NOWHERE
    words = {True: "answers", False: "does not answer"}
    lines = [f"  {address}  {words[works]}" for address, works in found]
    blocked = not all(works for _, works in found)
    return "\n".join(
        ["Asked from this computer:", *lines, *([_FIREWALL] if blocked else []), _BEWARE]
    )
