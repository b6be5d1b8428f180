"""Nouns after a number: every one that the program counts, with the mutation that each number brings.

Numbers are written in figures and read as words: dau and dwy soften, tri and chwe roughen, tair does not. Where a message
has one wording for every number, what is counted follows "o" in the plural, which no number changes: "3 o gynghorau".
"""

from __future__ import annotations

import re

import pytest
from babel.messages.catalog import Message

from maturity.locale.words import Words
from test_welsh_everywhere import messages

WELSH = Words("cy")
SOFT = {"p": "b", "t": "d", "c": "g", "b": "f", "d": "dd", "g": "", "m": "f", "ll": "l", "rh": "r"}
ROUGH = {"p": "ph", "t": "th", "c": "ch"}
FIXED = ("ch", "dd", "ff", "ng", "ph", "th")
"""Letters of two signs that no number changes."""

# Noun → its gender, and how it stands after nought, one, two, three and six.
NOUNS = {
    "ateb": ("m", "ateb", "ateb", "ateb", "ateb", "ateb"),
    "cwestiwn": ("m", "cwestiwn", "cwestiwn", "gwestiwn", "chwestiwn", "chwestiwn"),
    "cyngor": ("m", "cyngor", "cyngor", "gyngor", "chyngor", "chyngor"),
    "fersiwn": ("m", "fersiwn", "fersiwn", "fersiwn", "fersiwn", "fersiwn"),
    "ffeil": ("f", "ffeil", "ffeil", "ffeil", "ffeil", "ffeil"),
    "gwall": ("m", "gwall", "gwall", "wall", "gwall", "gwall"),
    "lle": ("m", "lle", "lle", "le", "lle", "lle"),
    "llyfr": ("m", "llyfr", "llyfr", "lyfr", "llyfr", "llyfr"),
    "mesur": ("m", "mesur", "mesur", "fesur", "mesur", "mesur"),
    "newid": ("m", "newid", "newid", "newid", "newid", "newid"),
    "person": ("m", "person", "person", "berson", "pherson", "pherson"),
    "peth": ("m", "peth", "peth", "beth", "pheth", "pheth"),
    "rhan": ("f", "rhan", "rhan", "ran", "rhan", "rhan"),
    "rhybudd": ("m", "rhybudd", "rhybudd", "rybudd", "rhybudd", "rhybudd"),
    "set": ("f", "set", "set", "set", "set", "set"),
    "ymatebydd": ("m", "ymatebydd", "ymatebydd", "ymatebydd", "ymatebydd", "ymatebydd"),
}
PLURALS = {"person": "bobl", "cyngor": "gynghorau"}
"""What may stand after "o" in place of the noun for many."""
NO_NOUNS = {"a", "arall", "o", "o'r", "ohonynt", "sy'n", "newydd"}
"""What stands after a number where nothing that could change follows."""
COUNTED = re.compile(r"\{n(?::,)?\} ((?:o (?=bobl|gynghorau))?[^\W\d]+(?:['’]\w+)?)")
FORMS = (0, 1, 2, 3, 6)


def changed(noun: str, letters: dict[str, str]) -> str:
    """The noun with its first letter as `letters` has it."""
    first = noun[:2] if noun[:2] in (*letters, *FIXED) else noun[:1]
    return letters.get(first, first) + noun[len(first) :]


def plural_messages() -> list[Message]:
    return [m for m in messages() if not isinstance(m.id, str)]


@pytest.mark.parametrize("noun", NOUNS)
def test_the_table_follows_the_rules(noun: str) -> None:
    gender, *forms = NOUNS[noun]
    # After un, what is feminine softens, but for ll and rh.
    one = changed(noun, {k: v for k, v in SOFT.items() if k not in ("ll", "rh")}) if gender == "f" else noun
    three = noun if gender == "f" else changed(noun, ROUGH)
    assert forms == [noun, one, changed(noun, SOFT), three, changed(noun, ROUGH)]


def test_each_counted_noun_is_in_the_table_and_stands_as_it_says() -> None:
    known = {form: noun for noun, (_, *forms) in NOUNS.items() for form in forms}
    wrong, seen = [], set()
    for message in plural_messages():
        for position, form in enumerate(message.string):
            for word in COUNTED.findall(form):
                if word in NO_NOUNS:
                    continue
                if word.startswith("o "):
                    noun = next(noun for noun, plural in PLURALS.items() if word == f"o {plural}")
                    seen.add(noun)
                    if position:
                        wrong.append((form, word))
                    continue
                noun = known.get(word, "")
                seen.add(noun)
                if not noun or NOUNS[noun][1 + position] != word:
                    wrong.append((form, word))
    assert wrong == []
    assert seen == set(NOUNS), "nothing else is counted, and all of them are"


def test_forms_differ_in_nothing_that_a_number_does_not_change() -> None:
    """The verb, what is told and the order are those of the form for many, but for what one is."""
    for message in plural_messages():
        assert len(message.string) == len(FORMS)
        assert len({re.sub(r"[^{}]*", "", form) for form in message.string[2:]}) == 1, message.id


def test_every_form_has_the_places_of_the_english() -> None:
    """Of one, the number may be left out."""
    for message in plural_messages():
        places = [set(re.findall(r"{(\w+)", text)) for text in message.id]
        for position, form in enumerate(message.string):
            found = set(re.findall(r"{(\w+)", form))
            assert found in ([places[1]] if position != 1 else places), (message.id, form)


def test_where_one_wording_serves_every_number_no_noun_follows_it_bare() -> None:
    bare = {form for _, *forms in NOUNS.values() for form in forms if changed(form, SOFT) != form}
    bare |= {"cerdyn", "dewis", "pwynt", "tyniad", "cyfnod", "dimensiwn", "colofn", "rhes", "cell", "llinell"}
    limits = {"limit", "most"}  # numbers that the program itself sets
    wrong = [
        (message.string, place, word)
        for message in messages()
        if isinstance(message.id, str)
        for place, word in re.findall(r"\{(\w+)(?::,)?\} ([^\W\d]+)", str(message.string))
        if word in bare and place not in limits
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("n", "said"),
    [
        (0, "0 cwestiwn"),
        (1, "1 cwestiwn"),
        (2, "2 gwestiwn"),
        (3, "3 chwestiwn"),
        (4, "4 cwestiwn"),
        (5, "5 cwestiwn"),
        (6, "6 chwestiwn"),
        (7, "7 cwestiwn"),
        (12, "12 cwestiwn"),
        (22, "22 cwestiwn"),
        (103, "103 cwestiwn"),
    ],
)
def test_only_two_three_and_six_themselves_change_a_noun(n: int, said: str) -> None:
    """Three among hundreds is said after the hundred, and CLDR counts it with the many."""
    assert WELSH.count("{n} question.", "{n} questions.", n) == f"{said}."
