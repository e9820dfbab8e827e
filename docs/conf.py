"""How the documentation is built: offline, and a warning is an error."""

from __future__ import annotations

from lodeclaim import __version__

project = "lodeclaim"
author = "The lodeclaim contributors"
copyright = "The lodeclaim contributors"
release = version = __version__

extensions = ["myst_parser", "sphinx.ext.autodoc"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
nitpicky = False

myst_enable_extensions = ["deflist", "fieldlist"]
myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_class_signature = "separated"

html_theme = "furo"
html_title = f"lodeclaim {__version__}"
html_static_path = ["_static"]
html_copy_source = False
html_show_sphinx = False
