"""A folder of a user's own: colours, a logo, sections more, and templates in the place of ours (docs/templates.md).

All of it is read at once, so that templates can reach no file later, and a theme can be sent to another process.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from maturity.models.problem import Kind, MaturityError, Phrase, Place, Problem
from maturity.models.text import LANGUAGES
from maturity.reports.logo import LOGO, Logo, logo_problem
from maturity.reports.theme_style import style_problems
from maturity.sources.bundled import bundled
from maturity.sources.files import FileError, problem_with, read_bytes
from maturity.sources.yaml_text import decode

LEADS_OUT = Kind(
    "R321",
    "error",
    "This link leads out of the folder of templates: it was not read.",
    "Copy the file into the folder.",
)
TOO_MUCH = Kind(
    "R322",
    "error",
    "This is more than a folder of templates may hold: {what}.",
    "Keep to what pages need; leave out what is not for them.",
)
NOT_USED = Kind(
    "R323",
    "warning",
    "No page uses this file.",
    "Name it as docs/templates.md says: theme.css, logo.svg, extra_council.html.j2, or as one of our templates.",
)
NO_ALTERNATIVE = Kind(
    "R324",
    "error",
    "The logo needs words for those who do not see it, in {file}.",
    "Write what the picture shows or says into that file: one line, such as the council's name.",
)
STYLE, ENDING = "theme.css", ".html.j2"
EXTRA = "extra_"
PAGES = ("benchmark", "council", "agenda")
"""The pages that take sections more, behind what opens them."""
MOST_FILES = 60
MOST_BYTES = 200_000
"""Of any one file; a logo's limit is its own."""
LOGOS = {"logo.svg": "image/svg+xml", "logo.png": "image/png"}
WORDS: dict[str, str] = {language: f"logo.{language}.txt" for language in LANGUAGES}
NOT_OURS = ("readme", "license", "licence", ".")
"""What the names of files begin with that stand in any folder."""


@dataclass(frozen=True, slots=True)
class Template:
    """One of the folder's templates: its file as it was named, and what is in it."""

    name: str
    path: str
    source: str


@dataclass(frozen=True, slots=True)
class Theme:
    """A folder of templates as it was read; hashable, so that what is made of it can be kept."""

    folder: str
    style: str = ""
    logo: Logo | None = None
    templates: tuple[Template, ...] = ()

    def extras(self, page: str) -> tuple[str, ...]:
        """The templates of sections that a page (benchmark, council or agenda) has more, by name."""
        starts = (f"{EXTRA}{page}.", f"{EXTRA}{page}_")
        return tuple(one.name for one in self.templates if one.name.startswith(starts))

    def template(self, name: str) -> Template | None:
        """The one of that name."""
        return next((one for one in self.templates if one.name == name), None)


def open_theme(folder: Path) -> tuple[Theme, tuple[Problem, ...]]:
    """The theme in a folder, and what is to be warned of. Raises MaturityError with everything that is wrong in it."""
    from maturity.reports.themed import template_problems

    files, problems = _read(folder)
    texts = dict(_texts(folder, files, problems))
    style = texts.get(STYLE, "")
    templates = tuple(
        Template(name, str(folder / name), text)
        for name, text in sorted(texts.items())
        if name.endswith(ENDING) and _is_used(name)
    )
    theme = Theme(str(folder), style, _logo(folder, files, texts, problems), templates)
    problems += style_problems(style, str(folder / STYLE)) if style else []
    problems += template_problems(theme)
    problems.sort(key=lambda p: p.order)
    if any(p.kind.severity == "error" for p in problems):
        raise MaturityError(*problems)
    return theme, tuple(problems)


def _read(folder: Path) -> tuple[dict[str, bytes], list[Problem]]:
    """The folder's files by name; hidden ones and folders in it are nobody's."""
    if not folder.is_dir():
        raise FileError(
            problem_with(folder) or Problem(_not_a_folder(), Place(str(folder)), {"folder": folder})
        )
    inside, files, problems = folder.resolve(), dict[str, bytes](), list[Problem]()
    paths = sorted(path for path in folder.iterdir() if not path.name.startswith(".") and not path.is_dir())
    if len(paths) > MOST_FILES:
        many = Phrase("more than {n} files", n=MOST_FILES)
        return {}, [Problem(TOO_MUCH, Place(str(folder)), {"what": many})]
    for path in paths:
        place = Place(str(path))
        if not _is_used(path.name):
            if not path.name.lower().startswith(NOT_OURS):
                problems.append(Problem(NOT_USED, place))
        elif not path.resolve().is_relative_to(inside):
            problems.append(Problem(LEADS_OUT, place))
        else:
            try:
                files[path.name] = read_bytes(path, at_most=MOST_BYTES)
            except FileError as error:
                problems += error.problems
    return files, problems


def _not_a_folder() -> Kind:
    from maturity.sources.files import NOT_A_FOLDER

    return NOT_A_FOLDER


def _is_used(name: str) -> bool:
    if name in (STYLE, *LOGOS, *WORDS.values()):
        return True
    if not name.endswith(ENDING):
        return False
    starts = tuple(f"{EXTRA}{page}{mark}" for page in PAGES for mark in "._")
    return name.startswith(starts) or (bundled("templates") / name).is_file()


def _texts(folder: Path, files: Mapping[str, bytes], problems: list[Problem]) -> Iterator[tuple[str, str]]:
    """Every file but the logo as text; what is too large or none is told."""
    for name, raw in files.items():
        if name in LOGOS:
            continue
        place = Place(str(folder / name))
        if len(raw) > MOST_BYTES:
            large = Phrase("a file of more than {n} kB", n=MOST_BYTES // 1000)
            problems.append(Problem(TOO_MUCH, place, {"what": large}))
            continue
        text = decode(raw, place.file)
        if isinstance(text, Problem):
            problems.append(text)
        else:
            yield name, text


def _logo(
    folder: Path, files: Mapping[str, bytes], texts: Mapping[str, str], problems: list[Problem]
) -> Logo | None:
    """The first of logo.svg and logo.png, with its words in both languages."""
    name = next((name for name in LOGOS if name in files), None)
    if name is None:
        return None
    why = logo_problem(name, files[name])
    if why is not None:
        problems.append(Problem(LOGO, Place(str(folder / name)), {"why": why}))
    named: dict[str, str] = {
        language: " ".join(texts.get(file, "").split()) for language, file in WORDS.items()
    }
    for language, words in named.items():
        if not words:
            missing = {"file": WORDS[language]}
            problems.append(Problem(NO_ALTERNATIVE, Place(str(folder / name)), missing))
    return Logo.of(LOGOS[name], files[name], named)
