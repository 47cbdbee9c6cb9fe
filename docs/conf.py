"""The documentation site: `python -m sphinx -n -W -c docs . build/site`, from the top folder.

All Markdown of the project is its source, where it stands, so that a link works on the site and on
a plain host alike. Nothing on a page comes from another host.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))  # for the extensions beside this file

from sim._version import __version__

project = "alliance-sim"
author = "the authors of alliance-sim"
copyright = "the authors of alliance-sim; MIT licence"  # noqa: A001  the name is Sphinx's
version = release = __version__
language = "en-GB"

root_doc = "docs/index"
include_patterns = [
    "*.md",
    "docs/*.md",
    "docs/decisions/*.md",
    "docs/model/*.md",
    "docs/reference/**.md",
    "docs/teaching/**.md",
    "docs/theories/*.md",
    "scenarios/**.md",
    "results/README.md",
    "benchmarks/*.md",
]
exclude_patterns = ["build", ".*"]
extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "extensions.docstrings",
    "extensions.mathml",
    "extensions.generated",
    "extensions.links",
]
nitpick_ignore_regex = [("py:.*", ".*")]  # types in signatures: of other packages, or aliases
suppress_warnings = ["misc.highlighting_failure"]  # Pygments knows no csv
smartquotes_action = "q"  # two hyphens begin an option

myst_enable_extensions = ["dollarmath"]
myst_fence_as_directive = ["math"]
myst_heading_anchors = 4
default_role = "code"
napoleon_use_ivar = True
napoleon_numpy_docstring = False  # there are none, and each docstring would be read twice
autodoc_typehints = "signature"
autodoc_use_type_comments = False  # there are none, and to look for them takes long
autodoc_member_order = "bysource"
autodoc_default_options = {"members": True}
python_maximum_signature_line_length = 88

html_theme = "pydata_sphinx_theme"
html_title = "alliance-sim"
html_math_renderer = "mathml"
html_static_path = ["static"]
html_css_files = ["math-font.css", "site.css"]
html_additional_pages = {"index": "redirect.html"}
templates_path = ["templates"]
html_copy_source = False
html_search_scorer = str(Path(__file__).parent / "static" / "scorer.js")
html_show_search_summary = False  # a page opened from disk may not read others
html_sidebars = {"README": [], "docs/index": []}
html_theme_options = {
    "header_links_before_dropdown": 8,
    "navbar_end": ["theme-switcher"],
    "navigation_with_keys": False,
    "secondary_sidebar_items": ["page-toc"],
    "show_prev_next": True,
    "show_toc_level": 2,
    "footer_start": ["copyright"],
    "footer_end": [],
}
