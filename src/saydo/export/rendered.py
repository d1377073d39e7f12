"""Templates of the export room, rendered to pages that fetch, run and send nothing."""

from __future__ import annotations

_UNPRINTABLE = {
    code: "\ufffd"
    for code in (*range(0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000))
    if chr(code) not in "\t\n\r"
}
"""Characters that HTML cannot hold; they are printed as U+FFFD."""


def rendered(template: str, page: object) -> str:
    """The page that a template of this room makes of what it shows, as HTML text."""
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("saydo.export", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template(template).render(page=page).translate(_UNPRINTABLE)
