"""Draws pages with a theme's templates, and says in which line of them something is wrong."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from maturity.models.problem import Kind, MaturityError, Phrase, Place, Problem, Said, quoted
from maturity.models.text import Language
from maturity.reports.html import isolated, jinja_options, render, shared
from maturity.reports.theme import Theme
from maturity.sources.bundled import bundled

if TYPE_CHECKING:
    from maturity.reports.sandbox import GuardedEnvironment

NO_TEMPLATE = Kind(
    "F320",
    "error",
    "This is no valid template; Jinja says: {said}.",
    "Look at this line: what is opened must be closed; docs/templates.md has an example.",
)
NOT_THERE = Kind(
    "F321",
    "error",
    "There is no template '{name}' here.",
    "A template can extend and include those in its own folder, and ours as 'maturity/NAME'; links and other folders are out of reach.",
)
UNDEFINED = Kind(
    "F322",
    "error",
    "A page has nothing of this name: {said}.",
    "docs/templates.md says what each page has; '{{% if x is defined %}}' asks first.",
)
REFUSED = Kind(
    "F323",
    "error",
    "Templates may not do this: {said}.",
    "They can show what a page has, and nothing else; docs/templates.md says what they can use.",
)
SPENT = Kind(
    "F324",
    "error",
    "This template takes too much: {what}.",
    "Look for a loop in a loop, a template that includes itself, or a text that grows.",
)
FAILS = Kind(
    "F325",
    "error",
    "This template fails; Python says: {said}.",
    "Look at what this line takes for a number, a list or a text.",
)
ESCAPES = Kind(
    "F326",
    "error",
    "The page would no longer be one file under its security policy: {what}.",
    'Begin with {{% extends "maturity/base.html.j2" %}} or another of ours, and write sections alone.',
)
KEPT_OUT = Kind(
    "F327",
    "warning",
    "'{what}' has no effect: pages load nothing, and their security policy keeps it out.",
    "Leave it out; colours belong in theme.css, a logo in logo.svg.",
)
PREFIX = "maturity/"
INERT = re.compile(
    r"<script\b|\son[a-z]+\s*=|\sstyle\s*=|<style\b|<(?:img|audio|video|source|iframe|embed|object)\b[^>]*?\b(?:src|data)\s*=\s*['\"]?(?!data:)[^'\" >]*",
    re.IGNORECASE,
)
LEADING = re.compile(
    r"<meta\b[^>]*\bhttp-equiv|<(?:base|link|iframe|object|embed|form|frame|portal)\b", re.IGNORECASE
)


def _source(theme: Theme, name: str) -> tuple[str, str, Callable[[], bool]] | None:
    """A template and its file: the theme's in the place of ours of the same name, which have theirs behind `maturity/`."""
    own = theme.template(name)
    if own is not None:
        return own.source, own.path, lambda: True
    inner = name.removeprefix(PREFIX)
    path = bundled("templates") / inner
    if "/" in inner or "\\" in inner or not inner.endswith(".j2") or not path.is_file():
        return None
    return path.read_text(encoding="utf-8"), str(path), lambda: True


@cache
def _environment(theme: Theme, language: Language) -> GuardedEnvironment:
    from jinja2 import FunctionLoader

    from maturity.reports.sandbox import GuardedEnvironment

    loader = FunctionLoader(partial(_source, theme))
    environment = GuardedEnvironment(loader=loader, clean=isolated, **jinja_options())
    environment.globals |= shared(language, theme)
    return environment


def render_themed(
    theme: Theme, template: str, language: Language, globals_: Mapping[str, Any], context: Mapping[str, Any]
) -> str:
    """A page of a template. Raises MaturityError where one of the theme's cannot be drawn."""
    environment = _environment(theme, language)
    environment.begin()
    try:
        page = environment.get_template(template).render(language=language, **context)
    except Exception as error:
        if _is_ours(error, template, language, context):
            raise
        raise MaturityError(_problem(error, theme)) from None
    what = _escape(page, language, globals_["policy"])
    if what is not None:
        raise MaturityError(Problem(ESCAPES, Place(_named(theme, template)), {"what": what}))
    return page


def _is_ours(error: Exception, template: str, language: Language, context: Mapping[str, Any]) -> bool:
    """Whether the page cannot be drawn without the theme either, and for the same reason."""
    if not (bundled("templates") / template).is_file():
        return False
    try:
        render(template, language, **context)
    except Exception as other:
        return type(other) is type(error) and str(other) == str(error)
    return False


def template_problems(theme: Theme) -> list[Problem]:
    """What is wrong with a theme's templates before any page is drawn: each of them, at its line."""
    from jinja2.exceptions import TemplateError
    from jinja2.meta import find_referenced_templates

    environment = _environment(theme, "en")
    found = list[Problem]()
    for one in theme.templates:
        try:
            tree = environment.parse(one.source, one.name, one.path)
            environment.compile(one.source, one.name, one.path)
        except TemplateError as error:
            found.append(_problem(error, theme))
            continue
        except RecursionError:
            found.append(Problem(SPENT, Place(one.path), {"what": _ENDLESS}))
            continue
        found += _missing(theme, one.source, one.path, find_referenced_templates(tree))
        found += [
            Problem(
                KEPT_OUT, Place(one.path, one.source.count("\n", 0, m.start()) + 1), {"what": _short(m[0])}
            )
            for m in INERT.finditer(one.source)
        ]
    return found


def _missing(theme: Theme, source: str, path: str, names: Iterable[str | None]) -> Iterator[Problem]:
    """The templates that one names and that are not there."""
    for name in dict.fromkeys(names):
        if name is not None and _source(theme, name) is None:
            line = source.count("\n", 0, max(0, source.find(name))) + 1
            yield Problem(NOT_THERE, Place(path, line), {"name": name[:60]})


_ENDLESS = Phrase("it calls or includes itself without an end")


def _problem(error: Exception, theme: Theme) -> Problem:
    """What an error in rendering says to whoever wrote the theme."""
    from jinja2.exceptions import SecurityError, TemplateNotFound, TemplateSyntaxError, UndefinedError

    from maturity.reports.sandbox import SpentError

    place = _place(error, theme)
    if isinstance(error, SpentError):
        return Problem(SPENT, place, {"what": error.what})
    if isinstance(error, RecursionError):
        return Problem(SPENT, place, {"what": _ENDLESS})
    if isinstance(error, TemplateNotFound):
        return Problem(NOT_THERE, place, {"name": str(error.name)[:60]})
    kinds = {TemplateSyntaxError: NO_TEMPLATE, SecurityError: REFUSED, UndefinedError: UNDEFINED}
    kind = next((kind for one, kind in kinds.items() if isinstance(error, one)), FAILS)
    return Problem(kind, place, {"said": _said(error)})


def _place(error: Exception, theme: Theme) -> Place:
    """The last line of the theme's own that was at work; the folder where none was, but ours missed something."""
    files = {one.path for one in theme.templates}
    named = getattr(error, "filename", None)
    if named in files:
        # A mistake in its form: nothing of it was run.
        return Place(named, getattr(error, "lineno", None))
    frames = traceback.extract_tb(error.__traceback__)
    found = [frame for frame in frames if frame.filename in files]
    return Place(found[-1].filename, found[-1].lineno) if found else Place(theme.folder)


def _said(error: Exception) -> Said:
    why = getattr(error, "why", None)
    if isinstance(why, Phrase):
        return why
    message = getattr(error, "message", None) or str(error)
    return quoted(_short(message or type(error).__name__))


def _short(text: str) -> str:
    return " ".join(text.split())[:160]


def _named(theme: Theme, template: str) -> str:
    own = theme.template(template) or theme.template("base.html.j2")
    return own.path if own else theme.folder


def _escape(page: str, language: Language, policy: str) -> Phrase | None:
    """How a page got out of what holds it; None where it did not."""
    head = (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
    )
    if not page.startswith(head):
        return Phrase("its head is not ours")
    found = LEADING.search(page, len(head))
    return Phrase("it holds '{found}'", found=_short(found[0])) if found else None
