"""Writing SVG: escaped text, and numbers rounded so that the same picture has the same bytes."""

from __future__ import annotations

from markupsafe import Markup, escape


def number(value: float) -> str:
    """At most one decimal: finer than any screen shows, coarser than platforms differ."""
    text = f"{value:.1f}"
    return text[:-2] if text.endswith(".0") else text


def element(name: str, *children: str, **attributes: str | float | None) -> Markup:
    """``<name a="…">children</name>``. Text is escaped, Markup is not; ``class_`` and ``stroke_width`` are
    written ``class`` and ``stroke-width``; an attribute that is None is left out."""
    written = [
        Markup(' {}="{}"').format(
            key.rstrip("_").replace("_", "-"), value if isinstance(value, str) else number(value)
        )
        for key, value in attributes.items()
        if value is not None
    ]
    inside = Markup("").join(escape(child) for child in children)
    return Markup("<{0}{1}>{2}</{0}>").format(Markup(name), Markup("").join(written), inside)


def picture(width: float, height: float, id: str, title: str, about: str, *children: str) -> Markup:
    """A whole picture with the title and description that a screen reader gives."""
    return element(
        "svg",
        element("title", title, id=f"{id}-title"),
        element("desc", about, id=f"{id}-desc"),
        *children,
        viewBox=f"0 0 {number(width)} {number(height)}",
        width=width,
        height=height,
        role="img",
        class_=id,
        aria_labelledby=f"{id}-title {id}-desc",
        xmlns="http://www.w3.org/2000/svg",
    )


def text_width(text: str, size: float) -> float:
    """About how wide a text is in a sans-serif face of ``size`` pixels (wide scripts count double)."""
    return (
        sum(
            1.0 if ord(c) > 0x2E80 else 0.34 if c in " ,.'’iljtf|-" else 0.62 if c.isupper() else 0.54
            for c in text
        )
        * size
    )


def shortened(text: str, length: int) -> str:
    """A text of at most ``length`` characters, cut at a word with an ellipsis where it was longer."""
    text = " ".join(text.split())
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    return (cut[: cut.rindex(" ")] if " " in cut[length // 2 :] else cut).rstrip(" ,;:–-") + "…"
