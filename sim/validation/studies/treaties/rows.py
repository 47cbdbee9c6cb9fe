"""The rows of the tables that count treaties, a class for each table."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class SignedPact:
    """A new treaty of two states that no treaty of its class or deeper bound the year before.

    Attributes:
        year: the year in which it was signed.
        a: one of the two, by its abbreviation in the Correlates of War.
        b: the other.
        pact_class: one of `CLASSES`.
        cell: one of the cells of the class.
        young: whether one was a state of three years or less; such pairs count in no rate.
        common_enemy: whether both had a dispute with one third state within five years.
        lesser_pact: whether a lesser treaty bound the two.
        same_side: whether they were on one side of a dispute or war within ten years.
        shared_ally: whether both had a defence pact with one third state.
        rival_signed: whether a rival of either had signed a defence pact within three years.
        un_distance: distance in votes at the United Nations, in points.
        lower_polyarchy: polyarchy of the less democratic of the two, 0 to 1.
    """

    year: int
    a: str
    b: str
    pact_class: str
    cell: str
    young: bool
    common_enemy: bool
    lesser_pact: bool
    same_side: bool
    shared_ally: bool
    rival_signed: bool
    un_distance: float
    lower_polyarchy: float


@dataclass(frozen=True, kw_only=True)
class AtRisk:
    """How many pairs of states of more than three years could have signed in a period.

    Attributes:
        pact_class: one of `CLASSES`.
        cell: one of the cells of the class.
        lo: the first year.
        hi: the last year.
        pair_years: pairs without a treaty of the class or deeper, summed over years.
        un_distance: their mean distance in votes; None where it was not counted.
        common_enemy: the share that had a common enemy; None where it was not counted.
    """

    pact_class: str
    cell: str
    lo: int
    hi: int
    pair_years: int
    un_distance: float | None
    common_enemy: float | None


@dataclass(frozen=True, kw_only=True)
class EndedTreaties:
    """How treaties of two states ended in a period.

    Attributes:
        pact_class: one of `CLASSES`.
        lo: the first year.
        hi: the last year.
        treaty_years: years in force, summed over treaties.
        broken: treaties that a party broke.
        lapsed: treaties that ended as their text allows.
        replaced: treaties that another one replaced.
        party_gone: treaties that ended with one of their parties, or otherwise.
    """

    pact_class: str
    lo: int
    hi: int
    treaty_years: int
    broken: int
    lapsed: int
    replaced: int
    party_gone: int


@dataclass(frozen=True, kw_only=True)
class Circumstance:
    """Breaches where a fact held, and where it did not.

    Attributes:
        fact: the fact.
        broken: treaties broken where it held.
        treaty_years: treaty-years in which it held.
        broken_without: treaties broken where it did not hold; None where that was not counted.
        treaty_years_without: treaty-years in which it did not hold; None likewise.
    """

    fact: str
    broken: int
    treaty_years: int
    broken_without: int | None
    treaty_years_without: int | None


@dataclass(frozen=True, kw_only=True)
class LaterPact:
    """A pact that was signed after the record ends, and its place among the pairs of 2016.

    Attributes:
        year: the year in which it was signed.
        a: one of the two.
        b: the other.
        pact_class: one of `CLASSES`.
        cell: their cell.
        best_rank: best place among the pairs by the regressions tried; None for the middle.
        worst_rank: worst place by them; None for the middle.
        pairs: the number of pairs.
        mark: F where the signing was read in a source, K where it is recalled.
    """

    year: int
    a: str
    b: str
    pact_class: str
    cell: str
    best_rank: int | None
    worst_rank: int | None
    pairs: int
    mark: str


@dataclass(frozen=True, kw_only=True)
class OwnYears:
    """Years in which two actors of the scenario could have signed a treaty of a class.

    Attributes:
        a: one of the two, by its code in the scenario.
        b: the other.
        pact_class: one of `CLASSES`.
        cell: their cell; `rivals_major` where a rival is a major power.
        lo: the first year.
        hi: the last year.
        signed: the year in which they signed; None where they did not.
    """

    a: str
    b: str
    pact_class: str
    cell: str
    lo: int
    hi: int
    signed: int | None


@dataclass(frozen=True, kw_only=True)
class OwnTreaty:
    """A defence pact of two actors of the scenario, from 1956 on.

    Attributes:
        a: one of the two, by its code in the scenario.
        b: the other.
        lo: the first year in force that counts.
        hi: the last.
        ended: how it ended; empty where it is in force.
    """

    a: str
    b: str
    lo: int
    hi: int
    ended: str
