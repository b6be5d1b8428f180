"""The Welsh keeps to the glossary: what docs/termau.md calls a thing, catalogue, questionnaires and guides call it too.

The table is read from the page. A text whose English holds a term must hold one of its Welsh forms, plain or mutated, and
none of the words that the page rejects. Where a sentence says the same without the word, it stands in EXCEPT with why.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
import yaml
from babel.messages.pofile import read_po

from guides import PAIRS, prose
from maturity.locale.catalogue import CATALOGUES

ROOT = Path(__file__).parent.parent
GLOSSARY = ROOT / "docs" / "termau.md"
CONTENT = sorted((ROOT / "questionnaires").rglob("*.yaml"))

SOFT = {"ll": "l", "rh": "r", "c": "g", "p": "b", "t": "d", "g": "", "b": "f", "d": "dd", "m": "f"}
NASAL = {"c": "ngh", "p": "mh", "t": "nh", "g": "ng", "b": "m", "d": "n"}
ASPIRATE = {"c": "ch", "p": "ph", "t": "th"}
UNMUTATED = ("ch", "dd", "ff", "ng", "ph", "th")
VOWELS = "aeiouwyâêîôûŵŷ"


def mutated(word: str) -> set[str]:
    """The word with each initial mutation that it can take, itself included; of several words the first mutates."""
    forms = {word}
    if word[:1] in VOWELS:
        return forms | {"h" + word}
    if word.startswith(UNMUTATED):
        return forms
    for change in (SOFT, NASAL, ASPIRATE):
        initial = next((i for i in change if word.startswith(i)), None)
        # ll and rh only soften; l and r after them are no c, p or t.
        if initial is not None:
            forms.add(change[initial] + word[len(initial) :])
    return forms


@dataclass(frozen=True)
class Term:
    english: tuple[str, ...]
    welsh: tuple[str, ...]
    rejected: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.english[0]

    def is_in(self, english: str) -> bool:
        return bool(_any(self.english).search(_bare(english)))

    def welsh_in(self, welsh: str) -> bool:
        return bool(_any(_with_mutations(self.welsh)).search(welsh))

    def rejected_in(self, welsh: str) -> list[str]:
        found = _any(_with_mutations(self.rejected)) if self.rejected else None
        return [m.group() for m in found.finditer(_bare(welsh))] if found else []


@cache
def _with_mutations(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted({form for word in words for form in mutated(word)}, key=len, reverse=True))


@cache
def _any(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, words))})(?![\w-])", re.IGNORECASE)


_CODE = re.compile(
    r"(?<!\w)'[^'\n]*'(?!\w)|\"[^\"]*\"|`[^`]*`|\{[^{}]*\}|<[^<>]*>|(?<!\w)-{1,2}[a-z][\w-]*|\w*[_@=/.]\w+"
)


@cache
def _bare(text: str) -> str:
    """Without what is no word of the language: names of keys and options, places, files."""
    return _CODE.sub(" ", text)


def cells(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip() not in ("–", ""))


def glossary() -> list[Term]:
    rows = [
        [cell.strip() for cell in line.strip("|\n ").split("|")]
        for line in GLOSSARY.read_text(encoding="utf-8").splitlines()
        if line.startswith("|")
    ]
    return [Term(cells(row[0]), (*cells(row[1]), *cells(row[3])), cells(row[5])) for row in rows[2:]]


@cache
def said() -> dict[tuple[str, str], str]:
    """English and Welsh, and where: every entry of the catalogues (each form of a plural), every bilingual text of content,
    and every paragraph, item of a list and row of a table of the guides.
    """
    return {(english, welsh): where for where, english, welsh in _said()}


def _said() -> Iterator[tuple[str, str, str]]:
    for message in (m for path in CATALOGUES for m in read_po(io.BytesIO(path.read_bytes()))):
        if not message.id:
            continue
        english = message.id if isinstance(message.id, str) else message.id[1]
        for welsh in [message.string] if isinstance(message.string, str) else dict.fromkeys(message.string):
            yield "catalogue", english, welsh
    for path in CONTENT:
        for english, welsh in _texts(yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)):
            yield path.name, english, welsh
    for page, counterpart in PAIRS:
        for english, welsh in zip(prose(page), prose(counterpart), strict=True):
            yield counterpart.name, english, welsh


def _texts(node: object) -> Iterator[tuple[str, str]]:
    if isinstance(node, dict):
        if node.keys() == {"en", "cy"}:
            yield node["en"], node["cy"]
        else:
            for value in node.values():
                yield from _texts(value)
    elif isinstance(node, list):
        for value in node:
            yield from _texts(value)


VERB = "a verb here, of another meaning"
KEY = "the name of a column, which people type as it is"
WRONG = "what is wrong with a file, not what councils said"
LINES = "drawing lines on a screen"
PAPER = "a sheet of paper"
BASIS = "'on the evidence of' is 'ar sail'"
EXCEPT: dict[str, dict[str, str]] = {
    "council": {"How many of the council's kinds of service request": "the council is the one that is asked"},
    "draw": {
        "It draws with weight instead of colour": LINES,
        "`MATURITY_PLAIN=1` in the environment": LINES,
        "One function makes one from another": VERB,
    },
    "evidence": {
        "At least one service was improved on the evidence": BASIS,
        "Every service has an owner and a budget for as long as it runs": BASIS,
        "More than half of services have a named owner and are improved": BASIS,
    },
    "finding": {
        "In most redesigns, residents take part in finding": VERB,
        "No workbook has findings": WRONG,
        "Write a copy of each workbook that has findings": WRONG,
        "{n} more findings in this file": WRONG,
        "Each has `--help` with examples": WRONG,
        "`maturity score returns/ --annotate": WRONG,
    },
    "ladder": {"Two questions became one ladder": "a question's levels, not a measure's ladder"},
    "no clear change": {"Only councils scored in both periods. A difference": "'nid yw ... yn newid clir'"},
    "note": {"At least one visit or call was made to compare notes": "'cymharu profiadau' is the idiom"},
    "option": {"No option is chosen": "'ni ddewiswyd dim' says it with the verb"},
    "population": {"Compare with groups": KEY, "Write numbers that rise": KEY},
    "position": {"asks the 77 questions": "an answer's place in a list"},
    "question": {
        "Every service and the cabinet see the same figures": VERB,
        "Have each larger project write in public": VERB,
    },
    "region": {"Compare with groups": KEY},
    "resident": {"In or next to every community": "'yn ôl dewis': whose choice it is goes without saying"},
    "rurality": {
        "Compare with groups": KEY,
        "set a council against its region": "'yr un mor wledig' says it with the adjective",
    },
    "sheet": {"writes what a committee needs": PAPER, "What you add to the summary": PAPER},
    "spread": {"That three of a region are strong": VERB},
    "weight": {"It draws with weight instead of colour": LINES},
}
"""By term: the start of an English text whose Welsh rightly goes without the word, and why."""


def excused(term: Term, english: str) -> bool:
    return any(english.startswith(start) for start in EXCEPT.get(term.name, ()))


def departures(term: Term) -> list[str]:
    return sorted(
        f"{where}: {english} = {welsh}"
        for (english, welsh), where in said().items()
        if term.is_in(english) and not term.welsh_in(welsh) and not excused(term, english)
    )


def test_the_page_can_be_read() -> None:
    terms = glossary()
    assert len(terms) > 90
    assert len({term.name for term in terms}) == len(terms)
    assert all(term.english and term.welsh for term in terms)
    rubric = next(term for term in terms if term.name == "rubric")
    assert "cyfarwyddiadau sgorio" in rubric.welsh
    assert "rhuddell" in rubric.rejected


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("cyngor", {"cyngor", "gyngor", "nghyngor", "chyngor"}),
        ("pwysau", {"pwysau", "bwysau", "mhwysau", "phwysau"}),
        ("tystiolaeth", {"tystiolaeth", "dystiolaeth", "nhystiolaeth", "thystiolaeth"}),
        ("graddfa", {"graddfa", "raddfa", "ngraddfa"}),
        ("bwlch", {"bwlch", "fwlch", "mwlch"}),
        ("dimensiwn", {"dimensiwn", "ddimensiwn", "nimensiwn"}),
        ("llyfr gwaith", {"llyfr gwaith", "lyfr gwaith"}),
        ("rhes", {"rhes", "res"}),
        ("mesur", {"mesur", "fesur"}),
        ("ystod", {"ystod", "hystod"}),
        ("chwartel", {"chwartel"}),
        ("thema", {"thema"}),
        ("ffolder", {"ffolder"}),
        ("sgôr", {"sgôr"}),
    ],
)
def test_mutations(word: str, forms: set[str]) -> None:
    assert mutated(word) == forms


def test_the_search_finds_what_it_is_for() -> None:
    rubric = next(term for term in glossary() if term.name == "rubric")
    assert rubric.is_in("Choose another rubric's levels.")
    assert not rubric.is_in("Write 'rubric' with --rubric {rubric} or rubric-1.0.0.yaml.")
    assert rubric.welsh_in("Newidiodd y ddau gyfarwyddyd.")
    assert not rubric.welsh_in("Newidiodd y rhuddell.")
    assert rubric.rejected_in("Newidiodd y rhuddell a'r ddwy ruddell.") == ["rhuddell", "ruddell"]


@pytest.mark.parametrize("term", glossary(), ids=lambda term: term.name)
def test_the_term_is_kept(term: Term) -> None:
    assert departures(term) == []


@pytest.mark.parametrize("term", [t for t in glossary() if t.rejected], ids=lambda term: term.name)
def test_rejected_words_are_not_used(term: Term) -> None:
    assert [(w, term.rejected_in(w)) for e, w in said() if term.is_in(e) and term.rejected_in(w)] == []


def test_no_exception_is_idle() -> None:
    by_name = {term.name: term for term in glossary()}
    idle = [
        (name, start)
        for name, starts in EXCEPT.items()
        for start in starts
        if not any(
            e.startswith(start) and by_name[name].is_in(e) and not by_name[name].welsh_in(w)
            for e, w in said()
        )
    ]
    assert idle == []
