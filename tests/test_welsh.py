"""The Welsh catalogues are whole: nothing waits, places agree, and what is compiled is what is written."""

from __future__ import annotations

import io
import re
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from maturity.locale.catalogue import CATALOGUES, FORMATS, update
from maturity.locale.words import Words

LOCALE = FORMATS.parent
of_each = pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: path.stem)


def messages(catalogue: Path) -> list[Message]:
    return [m for m in read_po(io.BytesIO(catalogue.read_bytes())) if m.id]


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_no_catalogue_is_looked_over() -> None:
    assert set(LOCALE.iterdir()) == {path.with_suffix(kind) for path in CATALOGUES for kind in (".po", ".mo")}


@of_each
def test_the_catalogue_is_in_step_with_the_code(catalogue: Path) -> None:
    po, mo = update(catalogue)
    assert catalogue.read_bytes() == po, "run make welsh"
    assert catalogue.with_suffix(".mo").read_bytes() == mo, "run make welsh"


@of_each
def test_every_message_has_its_welsh(catalogue: Path) -> None:
    def forms(message: Message) -> list[str]:
        return list(message.string) if isinstance(message.string, list | tuple) else [message.string]

    assert [m.id for m in messages(catalogue) if not all(forms(m))] == []
    assert [m.id for m in messages(catalogue) if m.fuzzy] == []


@of_each
def test_places_are_the_same_in_both_languages(catalogue: Path) -> None:
    wrong = []
    for message in messages(catalogue):
        english = message.id if isinstance(message.id, list | tuple) else [message.id]
        welsh = message.string if isinstance(message.string, list | tuple) else [message.string]
        wanted = set().union(*map(places, english))
        wrong += [
            (message.id, form) for form in welsh if places(form) - wanted or wanted - places(form) - {"n"}
        ]
    assert wrong == []


KEYS = re.compile(r"`([^`\s]+|maturity [^`]*)`")
"""Keys, values and commands; an example sentence has blanks, and is in the reader's language."""


def test_descriptions_name_the_same_keys_in_both_languages() -> None:
    """And numbers, and have as many paragraphs."""

    def same(text: str) -> tuple[set[str], set[str], int]:
        return set(KEYS.findall(text)), set(re.findall(r"\d+", text)), text.count("\n\n")

    both = [(str(m.id), str(m.string)) for m in messages(FORMATS)]
    assert [(english, welsh) for english, welsh in both if same(english) != same(welsh)] == []


def test_plural_forms_follow_the_number() -> None:
    words = Words("cy")
    said = {words.count("{n} question.", "{n} questions.", n) for n in (0, 1, 2, 3, 6, 10)}
    assert "1 cwestiwn." in said
    assert "2 gwestiwn." in said or "2 o gwestiynau." in said
