"""Tables and numbers as text: what is not defined is an empty cell or words."""

from __future__ import annotations

import json
from math import inf, nan

import numpy as np
import pytest

from sim.output import (
    format_cell,
    format_figure,
    is_undefined,
    render_csv,
    render_json,
    render_markdown_table,
)


@pytest.mark.parametrize("number", [nan, np.float64(nan), np.float32(nan)])
def test_an_undefined_number_is_recognised_in_every_type(number: float) -> None:
    assert is_undefined(number)


@pytest.mark.parametrize("value", [0.0, 1, True, None, "nan", inf, 10**400])
def test_all_else_is_defined(value: object) -> None:
    assert not is_undefined(value)


def test_an_undefined_number_is_an_empty_cell_of_every_table() -> None:
    assert render_csv([{"a": nan, "b": 1.5}]) == "a,b\n,1.5\n"
    assert render_csv([{"a": nan, "b": 1.5}], format_cell=format_cell) == "a,b\n,1.5\n"
    assert (
        render_markdown_table(["a", "b"], [[nan, 1.5]]) == "| a | b |\n| --- | --- |\n|  | 1.5 |\n"
    )


def test_an_undefined_number_within_a_list_leaves_the_others() -> None:
    assert format_cell((1.0, nan, 2.0)) == "1; ; 2"


def test_json_has_null_where_a_number_is_not_finite() -> None:
    text = render_json({"a": nan, "b": [inf, 1.5], "c": {"d": (nan,)}})
    assert json.loads(text, parse_constant=pytest.fail) == {
        "a": None,
        "b": [None, 1.5],
        "c": {"d": [None]},
    }


@pytest.mark.parametrize(
    ("value", "text"), [(0.256, "+0.26"), (nan, "too few to say"), (inf, "too few to say")]
)
def test_a_figure_in_a_sentence_is_a_number_or_words(value: float, text: str) -> None:
    assert format_figure(value, "+.2f") == text
