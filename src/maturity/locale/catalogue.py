"""Keeps the Welsh catalogues in step with the code (for maintainers; needs Babel).

``python -m maturity.locale.catalogue`` collects the English words from code and templates into cy/LC_MESSAGES/maturity.po,
what the schemas of files say into formats.po beside it; adds what is new, drops what is gone, and compiles both. What is
new waits there for its Welsh.
"""

from __future__ import annotations

import ast
import io
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import maturity
from maturity.sources.bundled import bundled

PACKAGE = Path(__file__).parent.parent
CATALOGUE = Path(__file__).parent / "cy" / "LC_MESSAGES" / "maturity.po"
FORMATS = CATALOGUE.with_name("formats.po")
JINJA = {"**.j2": {"trimmed": "true"}}
Message = str | tuple[str, str]
SAYING = ("words", "w", "N_", "_", "Phrase")
"""What is called with a message."""
GIVING = ("words_in", "_words", "Words")
"""What is called for what is called with a message."""


def used() -> dict[Message, list[tuple[str, int]]]:
    """Every English message (or singular and plural) in code and templates, with where it stands."""
    from babel.messages.extract import extract_from_dir

    templates = bundled("templates")
    found: dict[Message, list[tuple[str, int]]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        for message, line in _in_code(path.read_text(encoding="utf-8")):
            found.setdefault(message, []).append((path.relative_to(PACKAGE.parent).as_posix(), line))
    methods = [("**.j2", "jinja2.ext:babel_extract")]
    for name, line, words, *_ in sorted(extract_from_dir(templates, methods, options_map=JINJA), key=str):
        message = words if isinstance(words, str) else (words[0], words[1])
        found.setdefault(message, []).append((f"templates/{name}", line))
    return found


def _in_code(code: str) -> Iterator[tuple[Message, int]]:
    """Messages in calls such as ``words("...")``; Babel's own extractor stumbles over ``data.count(b"...")``."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.FunctionDef):
            yield from _in_help(node)
        if not isinstance(node, ast.Call):
            continue
        # words_in(language)("…") is words("…") too.
        called = node.func.func if isinstance(node.func, ast.Call) else node.func
        name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
        says = name in (GIVING if called is not node.func else SAYING)
        texts = [a.value for a in node.args[:2] if isinstance(a, ast.Constant) and isinstance(a.value, str)]
        if says and texts:
            yield texts[0], node.lineno
        elif name in ("count", "N2_") and len(texts) == 2:
            yield (texts[0], texts[1]), node.lineno
        elif name == "Kind":
            yield from ((text, node.lineno) for text in _strings(node.args[2:4]))
        elif name in ("Option", "Argument", "Typer"):
            helps = [keyword.value for keyword in node.keywords if keyword.arg in ("help", "metavar")]
            yield from ((text, node.lineno) for text in _strings(helps))


def _strings(nodes: Iterable[ast.expr]) -> list[str]:
    return [n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)]


def _in_help(function: ast.FunctionDef) -> Iterator[tuple[Message, int]]:
    """The help of a command, by paragraphs; what is to be copied into a shell has no Welsh."""
    marks = {ast.unparse(mark) for mark in function.decorator_list}
    if marks & {"command", "app.callback()"}:
        for paragraph in (ast.get_docstring(function) or "").split("\n\n"):
            if not paragraph.startswith("    "):
                # As help shows it: line ends within a paragraph are those of the code.
                listed = paragraph.startswith("- ")
                yield paragraph if listed else " ".join(paragraph.split("\n")), function.lineno


def described() -> dict[Message, list[tuple[str, int]]]:
    """Every English description in the schemas of files, with the model and the key that it is of."""
    from maturity.locale.formats import descriptions

    found: dict[Message, list[tuple[str, int]]] = {}
    for text, place in descriptions():
        places = found.setdefault(text, [])
        if (place, 0) not in places:
            places.append((place, 0))
    return found


def update(catalogue: Path = CATALOGUE) -> tuple[bytes, bytes]:
    """A catalogue brought up to date: its .po and .mo as bytes. Welsh that is there is kept."""
    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po, write_po

    old = (
        read_po(io.BytesIO(catalogue.read_bytes()), locale="cy")
        if catalogue.exists()
        else Catalog(locale="cy")
    )
    new = Catalog(
        locale="cy",
        project="maturity",
        version=maturity.__version__,
        header_comment="# Geiriau'r rhaglen yn Gymraeg.",
        msgid_bugs_address="",
        last_translator="The maturity maintainers",
        language_team="Cymraeg",
        # Fixed, so that the file changes only where words do.
        creation_date=datetime(2026, 11, 22, tzinfo=UTC),
        revision_date=datetime(2026, 11, 22, tzinfo=UTC),
        fuzzy=False,
    )
    for message, places in sorted(CATALOGUES[catalogue]().items(), key=lambda entry: str(entry[0])):
        kept = old.get(message if isinstance(message, str) else message[0])
        # A message that became plural, or ceased to be, waits for new Welsh.
        string = kept.string if kept is not None and kept.id == message else ""
        new.add(message, string or None, locations=[(name, line) for name, line in places])
    po, mo = io.BytesIO(), io.BytesIO()
    write_po(po, new, width=100, omit_header=False, include_lineno=False, sort_output=True)
    write_mo(mo, new)
    return po.getvalue(), mo.getvalue()


CATALOGUES: dict[Path, Callable[[], dict[Message, list[tuple[str, int]]]]] = {
    CATALOGUE: used,
    FORMATS: described,
}
"""Each catalogue, and what finds its messages."""


def main() -> None:
    """Writes the catalogues and says how many messages of each wait for their Welsh."""
    from babel.messages.pofile import read_po

    for catalogue in CATALOGUES:
        po, mo = update(catalogue)
        catalogue.parent.mkdir(parents=True, exist_ok=True)
        catalogue.write_bytes(po)
        catalogue.with_suffix(".mo").write_bytes(mo)
        waiting = [
            message for message in read_po(io.BytesIO(po)) if message.id and not _translated(message.string)
        ]
        sys.stdout.write(f"{catalogue.name}: {len(waiting)} messages wait for their Welsh.\n")


def _translated(string: object) -> bool:
    """Whether there is Welsh, in every plural form."""
    return all(string) if isinstance(string, list | tuple) else bool(string)


if __name__ == "__main__":
    main()
