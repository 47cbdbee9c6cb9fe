"""An icon array has as many dots as worlds, or stands for them in proportion."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sim.report.page.icons import MAX_DOTS, DotGroup, build_icon_array, share_out


@given(st.lists(st.integers(0, 5000), min_size=1, max_size=5), st.integers(1, 1000))
def test_every_place_is_given_and_none_differs_by_one_or_more(
    counts: list[int], places: int
) -> None:
    given_out = share_out(counts, places)
    total = sum(counts)
    if total:
        assert sum(given_out) == places
        assert all(
            abs(got - count * places / total) < 1
            for got, count in zip(given_out, counts, strict=True)
        )


def test_there_is_a_dot_for_each_world_sorted_by_what_happened() -> None:
    array = build_icon_array([DotGroup("war", 2, "two"), DotGroup("peace", 38, "none")])
    assert array.drawing.count("h0") == 40
    assert array.drawing.index("dot two") < array.drawing.index("dot none")
    assert array.scale == "Each dot is a simulated world."
    assert array.description == "Of 40 worlds, war: 2; peace: 38."


def test_more_worlds_than_dots_share_them() -> None:
    array = build_icon_array([DotGroup("war", 2000, "two"), DotGroup("peace", 8000, "none")])
    assert array.drawing.count("h0") == MAX_DOTS
    assert array.scale == "Each dot stands for 10 simulated worlds."


def test_what_never_happened_is_left_out_and_names_do_no_harm() -> None:
    array = build_icon_array([DotGroup("none", 0, "two"), DotGroup("<b>", 1, '"><script>')])
    assert [group.worlds for group in array.groups] == [1]
    assert "<script>" not in array.drawing
