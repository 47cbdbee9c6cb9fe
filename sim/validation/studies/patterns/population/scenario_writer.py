"""Renders a population as a scenario file, each number with unit, range, source and grade."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sim.validation.studies.patterns.population import rates
from sim.validation.studies.patterns.population.draw import ActorPair, DrawnActor, Population

RIVAL_CLASS, OTHER_CLASS = "rivals", "others"
"""Prefixes of the codes of rivalries: strategic rivals, and relevant pairs that are not."""

_HEADER = """\
#:schema ../scenario.schema.json
# A reference population: invented actors with the rates of disputes and alliances of states.
#
# Written by `python -m sim.validation.studies.patterns.population`; do not edit by hand. README.md
# of this folder explains how it is drawn, and from which counts. Pacts are signed on the opening
# day: the rates of disputes are those of all pairs of a class, with and without pacts, and not
# those of a pair.

extends = "../parts/rules.toml"
bibliography = "../parts/sources.toml"

title = "Reference population {number}"
description = \"\"\"
{actors} invented actors over ten years: {rivals} pairs of rivals, {others} other relevant \\
pairs, {pacts} defence pacts. None of them represents a real state.\"\"\"
question = "Do the same rules also reproduce the base rates of disputes and wars elsewhere?"

start = 2000-01-01
months = 120
worlds = 500
seed = {seed}

[affinity_range]
value = 4.03
low = 3.7
high = 4.6
unit = "points on the UN vote scale"
source = ["voeten-unga", "own-derivation"]
grade = "estimated"
note = "As in parts/world_2024.toml."
"""


def render_scenario(population: Population) -> str:
    """Return the text of the file."""
    head = _HEADER.format(
        number=population.number,
        actors=len(population.actors),
        rivals=len(population.rival_rates),
        others=len(population.other_rates),
        pacts=len(population.pacts),
        seed=20000101 + population.number,
    )
    parts = (_render_actors, _render_ties, _render_treaties, _render_rivalries)
    return "\n".join([head, *(line for part in parts for line in part(population))])


def _render_actors(population: Population) -> Iterator[str]:
    yield _render_heading("1 Actors")
    for actor in population.actors:
        yield from _render_actor(actor, sorted(b for a, b in population.borders if a == actor.code))


def _render_actor(actor: DrawnActor, borders: Iterable[str]) -> Iterator[str]:
    names = ", ".join(f'"{code}"' for code in borders)
    great = actor.major_power
    size = (
        ("cow-nmc-7", "A major power of 2022, drawn.")
        if great
        else ("axelrod-bennett-1993", "A minor state of 1936, drawn.")
    )
    warheads = 300 if actor.nuclear else 0
    yield f"[actors.{actor.code}]"
    yield f'name = "{actor.code.capitalize()}"'
    yield (
        f'capital = {{ name = "{actor.code.capitalize()} city", latitude = {actor.latitude:.2f}, '
        f'longitude = {actor.longitude:.2f}, source = "judgement" }}'
    )
    yield from [f"borders = [{names}]"] if names else []
    yield from ["major_power = true"] if great else []
    yield _symmetric("capability", actor.capability, 0.1 * actor.capability,
                     "share of the world", size[0], "estimated", size[1])  # fmt: skip
    yield _symmetric("nuclear_warheads", warheads, 0, "warheads", "judgement", "judgement",
                     "Whether it has any is drawn: five of seven major powers do.")  # fmt: skip
    yield _symmetric("ideal_point", actor.ideal_point, 0.2, "points on the UN vote scale",
                     "judgement", "judgement",
                     "Drawn: .2 to 1.8 for democracies, else -1.2 to .4.")  # fmt: skip
    yield _symmetric("polyarchy", actor.polyarchy, 0.05, "index, 0 to 1", "judgement",
                     "judgement", "Drawn: half are democracies.")  # fmt: skip
    yield ""


def _render_ties(population: Population) -> Iterator[str]:
    yield _render_heading("2 Ties")
    garrisons = set(population.garrisons)
    for (first, second), worths in population.pacts.items():
        for pair, worth in zip(((first, second), (second, first)), worths, strict=True):
            yield f"[ties.{pair[0]}.{pair[1]}]"
            yield _symmetric("worth", worth, 0.2, "-1 to 1", "judgement", "judgement",
                             "Drawn, .2 to .7: an ally matters, more or less.")  # fmt: skip
            if pair in garrisons:
                yield _symmetric("stationed", 10, 5, "thousand troops", "judgement", "judgement",
                                 "A quarter of a major power's allies, drawn.")  # fmt: skip
            yield ""


def _render_treaties(population: Population) -> Iterator[str]:
    yield _render_heading("3 Treaties")
    for pair in population.pacts:
        yield from _render_treaty("pact", pair, "defence", "consultation")
    for pair in population.assurances:
        yield from _render_treaty("assurance", pair, "nonaggression", "consultation")


def _render_treaty(kind: str, pair: ActorPair, *obligations: str) -> Iterator[str]:
    yield f"[treaties.{kind}_{pair[0]}_{pair[1]}]"
    yield f'name = "{kind.capitalize()} of {pair[0].capitalize()} and {pair[1].capitalize()}"'
    yield f'parties = ["{pair[0]}", "{pair[1]}"]'
    yield f"obligations = [{', '.join(_quote(name) for name in obligations)}]"
    yield "signed = 2000-01-01"
    yield 'source = ["atop-5", "own-derivation"]'
    yield ""


def _render_rivalries(population: Population) -> Iterator[str]:
    yield _render_heading("4 Rivalries")
    for pair, rate in population.rival_rates.items():
        low, high = (edge / rates.RIVAL_ONSET_RATE for edge in rates.RIVAL_ONSET_RANGE)
        yield from _render_rivalry(
            RIVAL_CLASS, pair, rate, (low, high), (0.75, 0.5, 0.95), _RIVAL_NOTE
        )
    for pair, rate in population.other_rates.items():
        low, high = (edge / rates.OTHER_ONSET_RATE for edge in rates.OTHER_ONSET_RANGE)
        yield from _render_rivalry(
            OTHER_CLASS, pair, rate, (low, high), (0.4, 0.15, 0.7), _OTHER_NOTE
        )


_RIVAL_NOTE = "Half of the pair's rate. On average .200 of years, varying as among twelve pairs."
_OTHER_NOTE = "Half of the pair's rate. On average .0135 of years, 2.7 times as many with a border."


def _render_rivalry(
    rivalry_class: str,
    pair: ActorPair,
    onset_rate: float,
    onset_factors: tuple[float, float],
    stake: tuple[float, float, float],
    note: str,
) -> Iterator[str]:
    code = f"{rivalry_class}_{pair[0]}_{pair[1]}"
    half = onset_rate / 2
    onset = (half, half * onset_factors[0], half * onset_factors[1])
    source = '["gml-mid", "tss-rivalries", "own-derivation"]'
    yield f"[rivalries.{code}]"
    yield f'name = "{pair[0].capitalize()} and {pair[1].capitalize()}"'
    yield f'between = ["{pair[0]}", "{pair[1]}"]'
    yield _render_quantity("reciprocation", (0.5, 0.49, 0.515), "share of challenges",
                    '["cow-mid-5", "gml-mid"]', "estimated", "All pairs.")  # fmt: skip
    for who in pair:
        yield _render_quantity(f"onset.{who}", onset, "disputes a year", source, "estimated", note)
    for who in pair:
        yield _render_quantity(f"stake.{who}", stake, "share of the highest stake", '"judgement"',
                        "judgement", "")  # fmt: skip
    yield ""


def _symmetric(
    key: str, value: float, half_range: float, unit: str, source: str, grade: str, note: str
) -> str:
    triple = (value, value - half_range, value + half_range)
    return _render_quantity(key, triple, unit, f'"{source}"', grade, note)


def _render_quantity(
    key: str,
    value_low_high: tuple[float, float, float],
    unit: str,
    source: str,
    grade: str,
    note: str,
) -> str:
    value, low, high = (f"{number:.5f}".rstrip("0").rstrip(".") for number in value_low_high)
    note_entry = f', note = "{note}"' if note else ""
    return (
        f"{key} = {{ value = {value}, low = {low}, high = {high}, unit = {_quote(unit)}, "
        f"source = {source}, grade = {_quote(grade)}{note_entry} }}"
    )


def _quote(text: str) -> str:
    """Return a text in the quotation marks of TOML."""
    return f'"{text}"'


def _render_heading(heading: str) -> str:
    return f"\n# ==== {heading} {'=' * (93 - len(heading))}\n"
