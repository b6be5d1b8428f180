"""Nothing is said past the catalogue: what it gives is written in other letters here, and none of our own may be left.

The walks in `test_welsh_walk.py` and `test_welsh_terminal.py` know a strange word by a list of common ones. Here no word
needs to be known: catalogue, questionnaire and register speak in Cyrillic letters, so that each Latin word that is still
there came from the code, a template or a library. What may: ids, file names, digests, what people wrote.

What no run shows is looked at in the code: a string of English words there is in the catalogue, or is listed with why.
"""

from __future__ import annotations

import ast
import errno
import gettext
import io
import os
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest
import typer

import maturity
from languages import foreign, in_workbook, on_page, told_by, without_quotes
from maturity.checks.validate import validate
from maturity.cli.commands import add_to
from maturity.cli.speaking import command_in, is_prose
from maturity.intake.scored import Scored
from maturity.intake.table_parquet import ParquetTable
from maturity.intake.workbook import read_template
from maturity.locale import words as locale
from maturity.locale.catalogue import described, used
from maturity.models.problem import MaturityError, Place, Problem
from maturity.models.text import Text
from maturity.reports import html
from maturity.reports.pack import Pack, pack_index
from maturity.reports.summary import council_summary
from maturity.reports.theme import Template, Theme
from maturity.reports.themed import render_themed
from maturity.reports.workbook import benchmark_workbook
from maturity.sources.files import UNREADABLE, reason_of
from maturity.sources.registers import wales
from maturity.versions.revisions import why_no_revision
from test_welsh_terminal import COMMANDS, QUOTED, shown
from test_welsh_walk import DAY, OURS, OWN, parts, templates
from workbook_data import assessment, open_small, rezipped, template

__all__ = ["shown"]
ROOT = Path(__file__).parent.parent
PACKAGE = Path(maturity.__file__).parent
TEMPLATES = ROOT / "templates"
KEPT = re.compile(r"(\{\{|\}\}|\{[^{}]*\}|<[^<>]*>|&\w+;)")
"""Places and tags in a message."""
LETTERS = {ord(c): 0x430 + i for i, c in enumerate("abcdefghijklmnopqrstuvwxyz")} | {
    ord(c): 0x410 + i for i, c in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
}


def marked(message: str) -> str:
    return "".join(part if i % 2 else part.translate(LETTERS) for i, part in enumerate(KEPT.split(message)))


class Marks(gettext.NullTranslations):
    def gettext(self, message: str) -> str:
        return marked(message)

    def ngettext(self, one: str, many: str, n: int) -> str:
        return marked(one if n == 1 else many)


@pytest.fixture
def marks(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whatever the program says by the catalogue, or a file in the reader's language, is in other letters."""
    plainly = Text.to
    monkeypatch.setattr(locale, "_catalogue", lambda _language, _domain: Marks())
    monkeypatch.setattr(Text, "to", lambda text, language: marked(plainly(text, language)))
    caches = [one for one in vars(html).values() if hasattr(one, "cache_clear")]
    for one in caches:
        one.cache_clear()
    yield
    for one in caches:
        one.cache_clear()


NO_WORD = re.compile(r"\S*[._@/=\\]\S*|\b[0-9a-f]{16,}\b|SHA-256|(?<!\w)-{1,2}[a-z][\w-]*")
"""Ids, addresses, file names, digests, options."""
LATIN = re.compile(r"[A-Za-z]{2,}")


def left(said: Iterable[str], theirs: Iterable[str], names: set[str]) -> dict[str, str]:
    """Words in letters of our own, with where they first stand, but for `names` and what is `theirs`."""
    found: dict[str, str] = {}
    people = sorted(theirs, key=len, reverse=True)
    for one in dict.fromkeys(said):
        rest = one
        if LATIN.search(rest):
            for own in people:
                rest = rest.replace(own, " ")
            for word in LATIN.findall(NO_WORD.sub(" ", rest)):
                found.setdefault(word, one)
    return {word: where for word, where in found.items() if word not in names}


def test_what_passes_the_catalogue_is_known(marks: None) -> None:
    words = locale.Words("cy")
    assert left([words("Level {n} of {of}", n=3, of=5), "a.b 12", "small@1.0.0"], (), set()) == {}
    assert left(["Level 3", words("Not scored") + " yet", "“said”"], {"said"}, set()) == {
        "Level": "Level 3",
        "yet": words("Not scored") + " yet",
    }


MADE_UP = {"maturity", "small"}
"""The program's name and the questionnaire's id."""


def test_pages(marks: None) -> None:
    said: list[str] = []
    for mode in ("named", "own", "public"):
        scorer, benchmark, answers = parts(mode, False)
        own = None if mode == "public" else OWN
        pages = [html.benchmark_page(scorer, benchmark, "cy", made_on=DAY, council=own)]
        if own:
            pages.append(html.council_page(scorer, benchmark, OWN, "cy", assessment=answers, made_on=DAY))
        if mode == "own":
            pages.append(council_summary(scorer, benchmark, OWN, "cy", assessment=answers, made_on=DAY))
        if mode == "named":
            pages.append(pack_index(Pack(scorer, benchmark, {}, ("cy",), DAY), "cy"))
        said += [text for page in pages for text in (*on_page(page), *heads(page))]
    assert len(said) > 5000
    assert left(said, OURS, MADE_UP) == {}


def heads(page: str) -> list[str]:
    """What a page says of itself to search engines and feeds."""
    said = re.findall(r'<meta name="(?!viewport|color-scheme|referrer)[^"]*" content="([^"]*)"', page)
    assert len(said) == page.count("<meta name=") - 3
    return said


NAMED = ("name", "displayName", "descr", "title", "prompt", "promptTitle", "error", "errorTitle", "display")
"""Attributes of a workbook's parts that programs show, or read out."""
BESIDES = re.compile(r"docProps/|xl/(tables|charts|drawings|comments)|xl/workbook\.xml")
NOT_SHOWN = {
    "created",
    "modified",
    "language",
    "creator",
    "lastModifiedBy",
    "keywords",
    "Application",
    "f",
    "definedName",
}
NOT_NAMES = {"definedName", "cNvPr", "tableStyleInfo", "property"}


def beside_cells(content: bytes) -> Iterator[str]:
    """What a workbook says elsewhere than in its cells: properties, tables' names, titles of charts, comments."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in filter(BESIDES.match, archive.namelist()):
            if not name.endswith(".xml"):
                continue
            for element in ElementTree.fromstring(archive.read(name)).iter():
                tag = element.tag.rpartition("}")[2]
                if element.text and tag not in NOT_SHOWN and not element.text.startswith("maturity-"):
                    yield element.text
                if tag not in NOT_NAMES and not element.get("name", "").startswith("_"):
                    yield from (element.get(key, "") for key in NAMED)


@pytest.mark.parametrize("kind", ["benchmark", "templates"])
def test_workbooks(marks: None, kind: str) -> None:
    scorer, benchmark, _ = parts("named", False)
    books = (
        templates(scorer, "cy")
        if kind == "templates"
        else [benchmark_workbook(scorer, benchmark, "cy", made_on=DAY, council=OWN)]
    )
    said = [text for book in books for text in (*in_workbook(book), *beside_cells(book))]
    assert len(said) > 500
    assert left(said, {*OURS, *told_by([assessment()])}, MADE_UP) == {}


# On the terminal

QUIET = {"validate", "lock", "findings of validate"}
"""What says little of its own that others do not, or quotes files."""
IN_COMMANDS = MADE_UP | {"socitm", "wales", "score"}
"""Ids and commands to be copied."""


@cache
def ids() -> frozenset[str]:
    """The words of all ids and keys in the bundled questionnaires and rubrics."""
    files = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "questionnaires").rglob("*.yaml"))
    return frozenset(
        re.findall(r"(?<=[{,:\s\[-])[a-z]{2,}(?=[-:,}\s\]])", re.sub(r"(?m)\b(en|cy): .*", " ", files))
    )


@pytest.mark.parametrize("name", [one for one in COMMANDS if one not in QUIET])
def test_the_terminal(marks: None, shown: Callable[..., str], scored_2026: list[Scored], name: str) -> None:
    said = shown(1500, *COMMANDS[name], "--lang", "cy")
    if name in QUOTED:
        said = re.sub(QUOTED[name], " ", said, flags=re.MULTILINE)
    theirs = told_by([s.assessment for s in scored_2026])
    found = left(said.splitlines(), theirs, IN_COMMANDS)
    assert {word: where for word, where in found.items() if word not in ids() or name not in SHOW_IDS} == {}


SHOW_IDS = {"rubric", "plan", "explain", "diff", "migrate"}
"""Commands that show answers and values by their ids."""


def test_help(marks: None) -> None:
    """The help of each command, argument and option, and what stands for its value."""
    app = typer.Typer()
    add_to(app)
    group = command_in(app, locale.Words("cy"))
    said = []
    for one in (group, *getattr(group, "commands").values()):  # noqa: B009 - a group's, which Typer does not export
        said += [part for part in (one.help or "").split("\n\n") if is_prose(part)]
        for parameter in one.params:
            said.append(getattr(parameter, "help", None) or "")
            if not getattr(parameter, "is_flag", False) and not parameter.type_descriptor.is_choice:
                said.append(parameter.display_name_raw)
    assert len(said) > 250
    assert left(said, (), MADE_UP) == {}


# In the code

SAYS_NOTHING = {
    "cli/drawings.py": "colours: '#ffffff on #2073bc'",
    "checks/details.py": "Welsh, for docs/checks.cy.md",
    "checks/reference.py": "docs/checks.md and its Welsh, side by side in the code",
    "cli/speaking.py": "what Typer says, by which it is known and said anew",
    "cli/examples.py": "examples of commands, side by side in the code",
    "intake/cell_words.py": "what people write in tables, in both languages",
    "intake/matching.py": "what people write in tables, in both languages",
    "intake/table_values.py": "what people write in tables, in both languages",
    "intake/table_words.py": "what people call columns, in both languages",
    "locale/catalogue.py": "what maintainers are told, and the catalogue's head",
    "models/findings.py": "a text in both languages, side by side in the code",
    "sources/published.py": "the lock's head is in both languages, one below the other",
    "sources/yaml_syntax.py": "what the YAML parser says, by which it is known and said anew",
}
"""Modules whose strings of words are not the program's own, and why."""
NOT_MET = {
    "disclosure does not know ",
    ", and it has no empty default",
    "this benchmark is no longer a named one",
    " does not go with ",
    "draws from 1, a seed from 0 and a probability from 0 to 1 belong here",
    "the spread is of the same organisations in both periods",
    "nobody answered",
    "there is nothing to agree on",
    " is neither text nor a number",
    "no JSON for ",
    "no such dimensions: ",
    *("' is neither at ", " nor at "),
    ": install the package again.",
}
"""What whoever calls the package from Python wrongly is told, or whoever changed or half installed it."""
KNOWN_BY = {
    "a date written as 2026-03-31 belongs here",
    "an option's id, a list of them, a number or text belongs here",
    *("Expecting value", "Expecting property name enclosed in double quotes", "Extra data"),
    *("Illegal trailing comma before end of object", "Illegal trailing comma before end of array"),
    *("Expecting ':' delimiter", "Expecting ',' delimiter", "Unterminated string starting at"),
    "Invalid control character at",
    *("field larger", "unexpected end", "expected after", "not a git repository"),
    " (Possible options: ",
}
"""What models and other programs say, by which it is known and said anew."""
NO_PROSE = {
    "dim italic",
    *("import sys; sys.path[:] = sys.argv[1:]; from ", " import main; main()"),
    *(" from ", "select count(*) from ", "describe select * from ", "insert into scores select "),
    *("create table scores (", "answers sha256", " open"),
    "'; img-src data:; base-uri 'none'; form-action 'none'",
    '">\n<head>\n<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="',
}
"""Code of other languages, and keys."""
TYPED = {"yn ol", "ddim yn berthnasol"}
"""Welsh words that people type where a screen reader reads."""
LISTED = NOT_MET | KNOWN_BY | NO_PROSE


def strings(path: Path) -> Iterator[str]:
    """The strings of a module that are neither its docstrings nor names and patterns."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    statements = [node for node in ast.walk(tree) if isinstance(node, ast.Expr)]
    documented = {id(node.value) for node in statements}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documented:
            yield node.value


def test_no_words_in_the_code_are_outside_of_the_catalogue() -> None:
    known = {m for both in (*used(), *described()) for m in ([both] if isinstance(both, str) else both)}
    found, idle = {}, set(LISTED)
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).as_posix()
        for said in strings(path):
            idle.discard(said)
            if (
                name not in SAYS_NOTHING
                and said not in known
                and said not in LISTED | TYPED
                and is_said(said)
            ):
                found[said] = name
    assert found == {}
    assert idle == set()


def is_said(said: str) -> bool:
    """Whether a string is of words of one of our languages, rather than a key or a pattern."""
    if not re.search(r"[A-Za-z] +[A-Za-z{(]|^ +[a-z]+ *$|[a-z]+ +$", said):
        return False
    return bool(foreign(said, "en") or foreign(said, "cy"))


def test_a_string_of_words_in_the_code_is_found() -> None:
    assert is_said("The file is here") and is_said(" of ") and is_said("{n} of them")
    assert is_said("Mae hyn wedi") and not is_said("id")


# In templates, style and script


def bare(template: str) -> list[str]:
    """What a template says by itself, between tags and in attributes that are read out or shown."""
    for other in (r"\{#.*?#\}", r"\{%.*?%\}|\{\{.*?\}\}", r"<(script|style)\b.*?</\1>"):
        template = re.sub(other, " ", template, flags=re.DOTALL)
    shown = re.findall(
        r'\b(?:title|alt|aria-label|aria-description|aria-roledescription|aria-valuetext|placeholder|label|summary|data-h|content)="([^"]*)"',
        template,
    )
    return [*re.findall(r"[^<>]+(?=<)|(?<=>)[^<>]+", re.sub(r"<[^>]*>", "<>", template)), *shown]


SIGNS = {
    "SHA",
    "maturity",
    "width",
    "device",
    "initial",
    "scale",
    "light",
    "dark",
    "no",
    "referrer",
    "true",
    "all",
}
"""The program's name, a digest's, and what attributes say to browsers."""


def test_templates_say_nothing_by_themselves() -> None:
    templates = sorted(TEMPLATES.glob("*.j2"))
    assert len(templates) > 15
    for one_of in templates:
        said = bare(one_of.read_text(encoding="utf-8"))
        assert {word for one in said for word in LATIN.findall(one)} <= SIGNS, one_of.name


def test_a_templates_own_words_are_found() -> None:
    said = bare(
        '<p title="Own">{{ _("Not") }} here {# none #}</p>{% if x > 1 %}<b>{{ y }}</b>{% endif %}tail<br>'
    )
    assert {word for one in said for word in LATIN.findall(one)} == {"Own", "here", "tail"}


def test_style_and_script_say_nothing() -> None:
    style = (TEMPLATES / "style.css").read_text(encoding="utf-8")
    told = re.findall(r"(?<![-\w])content:\s*([^;}]*)", style)
    assert told
    assert [
        one for one in told if LATIN.search(re.sub(r"\w+\([^)]*\)|\b(none|normal|attr|counter)\b", "", one))
    ] == []
    script = re.sub(
        r"^\s*//.*$", "", (TEMPLATES / "tables.js").read_text(encoding="utf-8"), flags=re.MULTILINE
    )
    assert [
        one for one in re.findall(r'["`\']([^"`\']*)["`\']', script) if re.search(r"^[A-Z]|\w \w", one)
    ] == ["use strict", "DETAILS"]


# What other programs say


def test_what_other_programs_say_is_said_anew_or_quoted(tmp_path: Path) -> None:
    """Outside of quotation marks a Welsh reader meets no word of theirs."""
    theirs: list[Problem] = []
    for name, content in {
        "a.json": b"{'format': 'maturity-assessment/1'}",
        "b.json": b'{"format": "maturity-assessment/1", "organisation": "\\/", "period": 1,}',
        "c.json": b'{"format": "maturity-assessment/1", "period": ' + b"1" * 5000 + b"}",
    }.items():
        (tmp_path / name).write_bytes(content)
        theirs += validate([tmp_path / name], wales()).problems
    assert sum(problem.kind.code == "F043" for problem in theirs) == 3
    path = tmp_path / "d.parquet"
    path.write_bytes(b"PAR1junkPAR1")
    with pytest.raises(MaturityError) as caught:
        ParquetTable(path, "d.parquet")
    theirs += caught.value.problems
    path = tmp_path / "e.xlsx"
    path.write_bytes(
        rezipped(template("cy"), lambda name, content: b"<" if name == "xl/workbook.xml" else content)
    )
    theirs += read_template(path, "e.xlsx", open_by_name=open_small)[1]
    theirs.append(Problem(UNREADABLE, Place("x"), {"reason": why_no_revision(tmp_path / "no-folder")}))
    for number in (errno.EISDIR, errno.ELOOP, errno.EACCES):
        theirs.append(
            Problem(UNREADABLE, Place("x"), {"reason": reason_of(OSError(number, os.strerror(number)))})
        )
    for text in ("{% if %}", "{{ nothing }}", "{{ ''.__class__ }}", "{{ [1] }}", "{{ 1 // 0 }}"):
        with pytest.raises(MaturityError) as caught:
            theme = Theme(
                "t", "", None, (Template("extra_council.html.j2", "t/extra_council.html.j2", text),)
            )
            render_themed(theme, "extra_council.html.j2", "cy", {"policy": ""}, {})
        theirs += caught.value.problems
    assert {"F320", "F322", "F323", "F325", "W001", "W063"} <= {problem.kind.code for problem in theirs}
    for problem in theirs:
        for said in problem.details.values():
            plain = without_quotes(said) if isinstance(said, str) else ""
            assert not re.search(r"[a-z]{3,} [a-z]{3,}", plain), (problem.kind.code, said)
