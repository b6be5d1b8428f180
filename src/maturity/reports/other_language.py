"""Marks what a page says in another language than its own, so that screen readers and browsers know."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pydantic import BaseModel

from maturity.checks.texts import texts
from maturity.models.text import Language

_MARKUP = re.compile(r"(<(script|style|title|svg)\b.*?</\2>|<[^>]*>)", re.DOTALL)
SHORTEST = 4
"""Letters: what is shorter could be a word of the page's own language, and is marked only where it stands alone."""


def said_in_the_other(models: Iterable[BaseModel], language: Language) -> set[str]:
    """The texts that do not stand in `language`, and are shown in the other."""
    found = (one.text for model in models for one in texts(model))
    return {text.to(language) for text in found if not text.has(language)}


def marked(page: str, said: set[str], language: Language) -> str:
    """The page with each of the texts `said`, which are in `language`, in a span of that language.

    Only text between elements is marked: attributes and drawings cannot hold another language.
    """
    from markupsafe import escape

    known = {str(escape(text)) for text in said}
    long = sorted((text for text in known if len(text) >= SHORTEST), key=len, reverse=True)
    if not known:
        return page
    within = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, long))})(?!\w)" if long else r"(?!)")

    def span(text: str) -> str:
        return f'<span lang="{language}">{text}</span>'

    def mark(part: str) -> str:
        alone = part.strip()
        return part.replace(alone, span(alone)) if alone in known else within.sub(lambda m: span(m[0]), part)

    done, at = [], 0
    for markup in _MARKUP.finditer(page):
        done += [mark(page[at : markup.start()]), markup[0]]
        at = markup.end()
    return "".join([*done, mark(page[at:])])
