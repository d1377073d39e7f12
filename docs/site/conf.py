"""How Sphinx makes the site of what `docs/site/build.py` has laid out."""

from saydo import __version__

project = "saydo"
author = "The saydo founders"
copyright = "the saydo founders"
version = release = __version__

extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
myst_heading_anchors = 4
# A block without a language is what one types into a terminal, or what it answers: shown as it stands.
highlight_language = "none"

html_theme = "furo"
html_title = "saydo"
html_static_path = ["static"]
html_css_files = ["site.css"]
html_js_files = ["site.js"]
html_favicon = "static/mark.svg"
# Nothing that the readers of a copy on their own disk do not need, and no date: the same sources give the
# same site.
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False
html_last_updated_fmt = None
html_theme_options = {
    "light_css_variables": {
        "color-brand-primary": "#0b5563",
        "color-brand-content": "#0b5563",
        "color-brand-visited": "#5d4a8c",
        "color-background-primary": "#ffffff",
        "color-background-secondary": "#faf9f5",
        "color-foreground-secondary": "#4b5459",
        "color-foreground-muted": "#566066",
    },
    "dark_css_variables": {
        "color-brand-primary": "#7cc4d1",
        "color-brand-content": "#7cc4d1",
        "color-brand-visited": "#c0aef0",
        "color-background-primary": "#14181a",
        "color-background-secondary": "#1b2124",
        "color-foreground-primary": "#e7e4dc",
        "color-foreground-secondary": "#b4bdc1",
        "color-foreground-muted": "#a3adb2",
    },
}
