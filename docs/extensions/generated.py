"""The directive `generated`: parts of pages that are made of the code when the site is built."""

from __future__ import annotations

from typing import Any, ClassVar

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from extensions.commands import render_commands
from extensions.keys import render_keys
from extensions.modules import render_modules, render_public
from extensions.sources import render_sources

RENDERERS = {
    "commands": render_commands,
    "keys": render_keys,
    "modules": render_modules,
    "public": render_public,
    "sources": render_sources,
}
"""What can be generated, each by a function that returns Markdown; some take a name."""


class Generated(SphinxDirective):
    """The Markdown of one renderer, with its headings, in place of the directive."""

    required_arguments = 1
    optional_arguments = 1
    option_spec: ClassVar[dict[str, Any]] = {}

    def run(self) -> list[nodes.Node]:
        """Return the nodes."""
        self.env.note_reread()
        text = RENDERERS[self.arguments[0]](*self.arguments[1:])
        return self.parse_text_to_nodes(text, allow_section_headings=True)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directive."""
    app.add_directive("generated", Generated)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
