"""The Welsh catalogue is whole: nothing waits, places agree, and what is compiled is what is written."""

from __future__ import annotations

import io
from string import Formatter

from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from maturity.locale.catalogue import CATALOGUE, update
from maturity.locale.words import Words


def messages() -> list[Message]:
    return [m for m in read_po(io.BytesIO(CATALOGUE.read_bytes())) if m.id]


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_the_catalogue_is_in_step_with_the_code() -> None:
    po, mo = update()
    assert CATALOGUE.read_bytes() == po, "run make welsh"
    assert CATALOGUE.with_suffix(".mo").read_bytes() == mo, "run make welsh"


def test_every_message_has_its_welsh() -> None:
    def forms(message: Message) -> list[str]:
        return list(message.string) if isinstance(message.string, list | tuple) else [message.string]

    assert [m.id for m in messages() if not all(forms(m))] == []
    assert [m.id for m in messages() if m.fuzzy] == []


def test_places_are_the_same_in_both_languages() -> None:
    wrong = []
    for message in messages():
        english = message.id if isinstance(message.id, list | tuple) else [message.id]
        welsh = message.string if isinstance(message.string, list | tuple) else [message.string]
        wanted = set().union(*map(places, english))
        wrong += [
            (message.id, form) for form in welsh if places(form) - wanted or wanted - places(form) - {"n"}
        ]
    assert wrong == []


def test_plural_forms_follow_the_number() -> None:
    words = Words("cy")
    said = {words.count("{n} question.", "{n} questions.", n) for n in (0, 1, 2, 3, 6, 10)}
    assert "1 cwestiwn." in said
    assert "2 gwestiwn." in said or "2 o gwestiynau." in said
