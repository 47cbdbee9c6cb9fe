"""Keys of the bibliography and commands in code style become links to their reference."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform

from extensions.sources import read_sources

_SOURCES = frozenset(key for key in read_sources() if "-" in key)  # others are words, too
_NO_LINK = (nodes.reference, nodes.title, nodes.strong, addnodes.pending_xref)


class LinkKeys(SphinxTransform):
    """Wraps each literal that is a key of the bibliography in a reference to its entry."""

    default_priority = 500

    def apply(self, **_: Any) -> None:
        """Wrap them."""
        for literal in list(self.document.findall(nodes.literal)):
            if literal.astext() in _SOURCES and not isinstance(literal.parent, _NO_LINK):
                literal.replace_self(_reference(literal, self.env.docname))


class ExactTypes(SphinxTransform):
    """Looks types of signatures up by their full names only: to guess takes long, and may err."""

    default_priority = 500

    def apply(self, **_: Any) -> None:
        """Forbid the guess."""
        for reference in self.document.findall(addnodes.pending_xref):
            reference.attributes.pop("refspecific", None)


def _reference(literal: nodes.literal, page: str) -> addnodes.pending_xref:
    return addnodes.pending_xref(
        "",
        literal.deepcopy(),
        refdomain="std",
        reftype="ref",
        reftarget=f"source-{literal.astext()}",
        refexplicit=True,
        refdoc=page,
        refwarn=True,
    )


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the transforms."""
    app.add_transform(LinkKeys)
    app.add_transform(ExactTypes)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
