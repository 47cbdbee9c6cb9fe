"""Equations as MathML, which browsers draw by themselves: no script, no font, no other host."""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from latex2mathml.converter import convert
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator

_WORD = re.compile(r"\\(?:mathrm|text)\{([^{}]{2,})\}")


def to_mathml(latex: str, display: str) -> str:
    r"""Return MathML of a formula; a word in `\mathrm` is one word there, and not its letters."""
    whole_words = _WORD.sub(lambda match: rf"\text{{{match[1].replace(chr(92), '')}}}", latex)
    return convert(whole_words, display=display)


def visit_inline(translator: HTML5Translator, node: nodes.math) -> None:
    """Write a formula in a line."""
    translator.body.append(to_mathml(node.astext(), "inline"))
    raise nodes.SkipNode


def visit_block(translator: HTML5Translator, node: nodes.math_block) -> None:
    """Write a formula of its own line, which scrolls where it is wider than the page."""
    formula = to_mathml(node.astext(), "block")
    translator.body.append(f'<div class="formula" tabindex="0">{formula}</div>\n')
    raise nodes.SkipNode


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the renderer."""
    app.add_html_math_renderer("mathml", (visit_inline, None), (visit_block, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
