"""Acts on treaties: they are signed, joined and left, in some worlds and not in others.

An event of the scenario or a decision of the actors calls these functions. Each does what can be
done in the worlds asked for, records it, and returns where it was done, (case,). What binds whom is
determined anew at once, in these worlds alone.
"""

from __future__ import annotations

from sim.model.context import PhaseContext
from sim.model.entities.treaty import BY_CALENDAR, BY_HEIR, Treaty
from sim.model.places import CasePlaces, Index


def sign(context: PhaseContext, treaty: Treaty, worlds: Index) -> Index:
    """Let the parties of a text sign it this month; return where they do, (case,).

    They do not where it stands. The treaty it replaces lapses when it enters into force.
    """
    signed = treaty.conclude(worlds, context.state.month)
    if signed.size:
        first, second, *others = treaty.founders
        towards = None if others else second
        context.chronicle.record_in("signed", signed, first, towards, treaty.code)
        context.state.note_commitments(treaty, signed)
        _bind_anew(context, treaty, signed)
        replaced = context.state.treaties.get(treaty.spec.replaces)
        if replaced:
            _bind_anew(context, replaced, replaced.ended_by(treaty, signed))
    return signed


def give_notice(context: PhaseContext, treaty: Treaty, actor: int, worlds: Index) -> Index:
    """Let a party leave a treaty; return where it gives notice this month, (case,).

    Where the text has no months of notice it leaves at once.
    """
    given = treaty.give_notice(actor, worlds, context.state.month)
    context.chronicle.record_in("notice", given, actor, None, treaty.code)
    _bind_anew(context, treaty, given)
    return given


def accede(context: PhaseContext, treaty: Treaty, actor: int, worlds: Index) -> Index:
    """Let an actor join a treaty; return where it does, (case,)."""
    joined = treaty.accede(actor, worlds, context.state.month)
    if joined.size:
        context.chronicle.record_in("acceded", joined, actor, None, treaty.code)
        context.state.note_commitments(treaty, joined)
        context.state.renew_binding(treaty, joined)
    return joined


def record_standing(context: PhaseContext) -> None:
    """Record which treaties enter into force, end or lose a party this month after acts."""
    for treaty in context.state.treaties.values():
        if treaty.acts is not None and context.state.month in treaty.turns:
            _record_standing(context, treaty, treaty.acts.nonzero()[0])


def _bind_anew(context: PhaseContext, treaty: Treaty, worlds: Index) -> None:
    """Determine anew whom a treaty binds in some worlds, (case,), and record what follows."""
    if worlds.size:
        context.state.renew_binding(treaty, worlds)
        _record_standing(context, treaty, worlds)


def _record_standing(context: PhaseContext, treaty: Treaty, worlds: Index) -> None:
    month, record, at = context.state.month, context.chronicle.record_in, CasePlaces(worlds)
    lapse = treaty.lapse_month[worlds]
    begins = worlds[(treaty.in_force_month[worlds] == month) & (month < lapse)]
    first, second, *others = treaty.founders
    record("in_force", begins, first, None if others else second, treaty.code)
    ends = worlds[(lapse == month) & (treaty.signed[worlds] < month)]
    left_by = treaty.left_by[ends]
    record("replaced", ends[left_by == BY_HEIR], None, None, treaty.code)
    for actor in sorted({*left_by.tolist()} - {BY_HEIR, BY_CALENDAR}):
        record("left", ends[left_by == actor], actor, None, treaty.code)
    for actor, membership in treaty.memberships.items():
        leaves = (membership.until[worlds] == month) & treaty.stands(month, at)
        record("left", worlds[leaves], actor, None, treaty.code)
