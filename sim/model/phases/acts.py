"""Acts on treaties: they are signed, joined and left, in some worlds and not in others.

An event of the scenario or a decision of the actors calls these functions. Each does what can be
done in the worlds asked for, records it, and returns where it was done. What binds whom is
determined anew at once.
"""

from __future__ import annotations

from sim.model.arrays import Mask, any_world
from sim.model.context import PhaseContext
from sim.model.entities.treaty import BY_CALENDAR, BY_HEIR, Treaty


def sign(context: PhaseContext, treaty: Treaty, where: Mask) -> Mask:
    """Let the parties of a text sign it this month; return where they do, (world,).

    They do not where it stands. The treaty it replaces lapses when it enters into force.
    """
    signed = treaty.conclude(where, context.state.month)
    if not any_world(signed):
        return signed
    first, second, *others = treaty.founders
    context.chronicle.record("signed", signed, first, None if others else second, treaty.code)
    replaced = context.state.treaties.get(treaty.spec.replaces)
    ends = replaced.ended_by(treaty, signed) if replaced else signed
    _bind_anew(context, treaty, signed, *([replaced] if replaced else []))
    _record_standing(context, treaty, signed)
    if replaced:
        _record_standing(context, replaced, ends)
    return signed


def give_notice(context: PhaseContext, treaty: Treaty, actor: int, where: Mask) -> Mask:
    """Let a party leave a treaty; return where it gives notice this month, (world,).

    Where the text has no months of notice it leaves at once.
    """
    given = treaty.give_notice(actor, where, context.state.month)
    if any_world(given):
        context.chronicle.record("notice", given, actor, None, treaty.code)
        context.state.renew_bindings([treaty])
        _record_standing(context, treaty, given)
    return given


def accede(context: PhaseContext, treaty: Treaty, actor: int, where: Mask) -> Mask:
    """Let an actor join a treaty; return where it does, (world,)."""
    joined = treaty.accede(actor, where, context.state.month)
    if any_world(joined):
        context.chronicle.record("acceded", joined, actor, None, treaty.code)
        _bind_anew(context, treaty, joined)
    return joined


def record_standing(context: PhaseContext) -> None:
    """Record which treaties enter into force, end or lose a party this month after acts."""
    for treaty in context.state.treaties.values():
        if treaty.acts is not None and context.state.month in treaty.turns:
            _record_standing(context, treaty, treaty.acts)


def _bind_anew(context: PhaseContext, treaty: Treaty, where: Mask, *replaced: Treaty) -> None:
    """Determine anew who is bound, and whom partners would call."""
    context.state.note_commitments(treaty, where)
    context.state.renew_bindings([treaty, *replaced])


def _record_standing(context: PhaseContext, treaty: Treaty, where: Mask) -> None:
    month, record, worlds = context.state.month, context.chronicle.record_in, where.nonzero()[0]
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
        leaves = (membership.until == month) & treaty.stands(month)
        record("left", worlds[leaves[worlds]], actor, None, treaty.code)
