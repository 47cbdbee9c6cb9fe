"""Renders what differs in choices: findings in words, then a table by whose choices they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import isnan

from rich.console import Console
from rich.padding import Padding
from rich.table import Table

from sim.analysis.choices.choice import ChoiceKind
from sim.analysis.choices.effect import ChoiceEffect, Share
from sim.analysis.choices.groups import ChoiceGroup, Role, group_effects, is_small, size_of
from sim.analysis.choices.names import CAUSES as _CAUSES
from sim.analysis.choices.names import VERBS as _VERBS
from sim.analysis.choices.of_runs import RunChoices
from sim.analysis.comparison.tables import side_letter
from sim.cli.output import print_paragraphs
from sim.output import format_count
from sim.scenario.schema.scenario import Scenario
from sim.statistics.intervals import Interval

_MAX_ROWS = 4
"""Rows of a group; --detail has all."""
_MIN_SHARE = 0.1
"""The smallest share of a difference that is named."""
_TITLES = {
    Role.ADVERSARY: "Adversary deterred?",
    Role.MEMBER: "Member emboldened?",
    Role.ALLY: "Ally more willing?",
    Role.OTHER: "Others",
}
_TITLES_WITHOUT_TREATY = {Role.OTHER: "Choices", Role.ALLY: "Expected help"}
_MAX_CAUSES = 2
"""Causes named beside a difference; --out writes all."""
_NOTE = (
    "Rates are expected numbers of choices a year, summed from their chances in every month; their "
    "changes are relative. Help is the chance, as the attacker expects it, of aid to an attacked "
    "partner; its changes are in percentage points. The channels of a change (through whose help, "
    "or what else) add up to 100%."
)


def show_choices(console: Console, choices: Sequence[RunChoices], *, detail: bool = False) -> None:
    """Print what differs in choices between runs; nothing if there is nothing.

    Args:
        console: where to print.
        choices: the differences of each other run against the first.
        detail: whether to print every row.
    """
    for pair in choices:
        _show_pair(console, pair, detail=detail)
    if choices:
        print_paragraphs(console, [_NOTE])


def _show_pair(console: Console, choices: RunChoices, *, detail: bool) -> None:
    by_treaty = bool(choices.pair.added_treaties)
    title = "What the treaty does to choices" if by_treaty else "What differs in choices"
    pairs = format_count(choices.pairs, "paired world", "paired worlds")
    console.print(f"\n{title} ({pairs})", style="bold")
    members = choices.members
    groups = group_effects(choices.effects, members)
    print_paragraphs(console, describe_choices(groups, choices.with_) if members else ())
    shown = [group for group in groups if detail or not members or group.role is not Role.OTHER]
    for group in shown:
        console.print()
        console.print(_build_table(group, choices, detail=detail))
    if folded := _describe_folded(groups, shown, detail=detail):
        print_paragraphs(console, [folded])


def describe_choices(groups: Sequence[ChoiceGroup], scenario: Scenario) -> list[str]:
    """Return the largest clear changes of each role as sentences; none of others.

    Args:
        groups: the differences by role.
        scenario: a scenario with the names of the actors.
    """
    found = [list(_describe_group(group, scenario)) for group in groups]
    return [" ".join(sentences) for sentences in found if sentences]


def _describe_group(group: ChoiceGroup, scenario: Scenario) -> Iterator[str]:
    if group.role is Role.ALLY:
        yield _describe_help(group, scenario)
    elif group.role is not Role.OTHER:
        yield from _describe_challenges(group, scenario)


def _describe_challenges(group: ChoiceGroup, scenario: Scenario) -> Iterator[str]:
    """Yield who challenges less, and who challenges more, by most."""
    whose, fewer, more = {
        Role.ADVERSARY: ("adversaries", "deterred", "provoked"),
        Role.MEMBER: ("members", "restrained", "emboldened"),
    }[group.role]
    challenges = [effect for effect in group.notable if effect.kind is ChoiceKind.CHALLENGE]
    for word, sign in ((fewer, -1), (more, 1)):
        changes = [effect for effect in challenges if effect.relative.value * sign > 0]
        if changes:
            most = max(changes, key=size_of)
            actor, towards = (_name(scenario, code) for code in most.choice[2:])
            yield f"Most {word}: {actor}, challenges to {towards} {_change(most)[0]}."
    if not challenges:
        yield f"How often {whose} challenge does not clearly change."


def _describe_help(group: ChoiceGroup, scenario: Scenario) -> str:
    fights = [effect for effect in group.notable if effect.kind is ChoiceKind.HELP_WAR]
    if not fights:
        return "Whether members are expected to fight for each other does not clearly change."
    most = max(fights, key=size_of)
    ally, partner = (_name(scenario, code) for code in most.choice[2:])
    return (
        f"Expected to fight for {partner}, attacked by {_attacker(most, scenario)}: {ally} with a "
        f"chance of {most.with_.value:.0%}, without {most.without.value:.0%}."
    )


def _build_table(group: ChoiceGroup, choices: RunChoices, *, detail: bool) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    titles = _TITLES if choices.members else _TITLES_WITHOUT_TREATY
    table.add_column(titles[group.role], ratio=1, overflow="fold")
    for heading in _headings(choices):
        table.add_column(heading, justify="right")
    rows = group.effects if detail else group.notable[:_MAX_ROWS]
    for effect in rows:
        _add_rows(table, effect, choices.with_)
    if not rows:
        table.add_row(Padding("no clear change", (0, 0, 0, 2)))
    return table


def _headings(choices: RunChoices) -> tuple[str, str, str]:
    if choices.pair.added_treaties:
        return "Without", "With", "Change (95%)"
    base, other = side_letter(choices.pair.base_index), side_letter(choices.pair.other_index)
    return base, other, f"{other} against {base} (95%)"


def _add_rows(table: Table, effect: ChoiceEffect, scenario: Scenario) -> None:
    """Add a row with the change, and one with its interval and its causes if it has any."""
    levels = _level(effect, effect.without), _level(effect, effect.with_)
    label, (change, interval) = Padding(_label(effect, scenario), (0, 0, 0, 2)), _change(effect)
    if through := _describe_shares(effect, scenario) if effect.is_clear else "":
        table.add_row(label, *levels, change)
        table.add_row(Padding(through, (0, 0, 0, 4)), "", "", interval)
    else:
        table.add_row(label, *levels, f"{change}\n{interval}".rstrip())


def _label(effect: ChoiceEffect, scenario: Scenario) -> str:
    choice = effect.choice
    text = (
        f"{_name(scenario, choice.actor)} {_VERBS[effect.kind]} {_name(scenario, choice.towards)}"
    )
    return text if effect.kind.is_rate else f"{text}, attacked by {_attacker(effect, scenario)}"


def _describe_shares(effect: ChoiceEffect, scenario: Scenario) -> str:
    """Return the causes with the largest shares."""
    named = [share for share in effect.shares[:_MAX_CAUSES] if abs(share.share) >= _MIN_SHARE]
    causes = ", ".join(f"{_cause(share, scenario)} {share.share:.0%}" for share in named)
    return f"through {causes}" if causes else ""


def _cause(share: Share, scenario: Scenario) -> str:
    if share.is_ally:
        return _name(scenario, share.cause)
    return _CAUSES.get(share.cause, share.cause)


def _level(effect: ChoiceEffect, interval: Interval) -> str:
    """Return a rate, or a chance of help in per cent."""
    return f"{interval.value:.3g}" if effect.kind.is_rate else f"{interval.value:.0%}"


def _change(effect: ChoiceEffect) -> tuple[str, str]:
    """Return the change and its interval: relative, or in percentage points."""
    change = effect.relative if effect.kind.is_rate else effect.difference
    if isnan(change.value):
        return "n/a", ""
    value, low, high = (number * 100 for number in change)
    unit = "%" if effect.kind.is_rate else " pp"
    return f"{value:+.1f}{unit}", f"{low:.1f} to {high:.1f}{unit}"


def _describe_folded(
    groups: Sequence[ChoiceGroup], shown: Sequence[ChoiceGroup], *, detail: bool
) -> str:
    """Return how many differences are not printed, and why."""
    if detail:
        return ""
    printed = sum(len(group.notable[:_MAX_ROWS]) for group in shown)
    effects = [effect for group in groups for effect in group.effects]
    clear = sum(effect.is_clear and not is_small(effect) for effect in effects) - printed
    small = sum(effect.is_clear and is_small(effect) for effect in effects)
    unclear = sum(not effect.is_clear for effect in effects)
    return (
        f"Not shown (--detail): {clear} more clear changes, {small} below 0.5%, {unclear} whose "
        "interval includes no change."
    )


def _attacker(effect: ChoiceEffect, scenario: Scenario) -> str:
    rivals = scenario.rivalries[effect.choice.rivalry].between
    return _name(scenario, next(rival for rival in rivals if rival != effect.choice.towards))


def _name(scenario: Scenario, code: str) -> str:
    return scenario.actors[code].name
