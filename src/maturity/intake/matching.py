"""What people write into cells, read exactly: same letters or not at all.

Space, case, accents, punctuation and the shapes of quotes and dashes are set aside before texts are compared; after
that only equal texts are equal. What is merely close becomes a suggestion, never an answer.
"""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, lru_cache
from typing import Literal

from maturity.intake.cell_words import (
    DONT_KNOW,
    NO,
    NO_IN_WELSH,
    SHORT_IN_WELSH,
    YES,
    YES_IN_WELSH,
    beside,
)
from maturity.intake.layout import VOCABULARY, choice, spoken
from maturity.locale.words import SideBySide, Words
from maturity.models.questionnaire import NumberQuestion, Question
from maturity.models.text import LANGUAGES

Cell = str | float | int | bool | dt.date | dt.datetime | dt.time | dt.timedelta | None

_NUMBERED = re.compile(r"\(?\s*[0-9]+\s*[.):]?\s*\)?")
LONGEST_DOUBT = 30
_SHAPES = str.maketrans({**dict.fromkeys("–—−‐‑", "-"), **dict.fromkeys('‘’‚‛“”„‟"`´', "'")})
_WHOLE = re.compile(r"^(-?[0-9]+)\.0+$")
_SPACED = re.compile(r"-?\d{1,3}( \d{3})+([.,]\d+)?")
_GROUPED = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?")
_PLAIN = re.compile(r"-?(\d+([.,]\d+)?|[.,]\d+)")
PER_CENT = re.compile(r" ?(per ?cent|y cant)$", re.IGNORECASE)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
# "31st of March 2026", "31ain o Fawrth 2026": either language's ordinals, after which a month may have a soft mutation.
_IN_WORDS = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|af|ail|il|ydd|edd|ed|fed|eg|ain)?(?: (?:of|o))? (\w+)\.? (\d{4})", re.IGNORECASE
)
MONTHS = (
    ("january", "jan", "ionawr", "ion"),
    ("february", "feb", "chwefror", "chwef"),
    ("march", "mar", "mawrth", "fawrth", "maw"),
    ("april", "apr", "ebrill", "ebr"),
    ("may", "mai", "fai"),
    ("june", "jun", "mehefin", "fehefin", "meh"),
    ("july", "jul", "gorffennaf", "orffennaf", "gorff"),
    ("august", "aug", "awst"),
    ("september", "sep", "sept", "medi", "fedi"),
    ("october", "oct", "hydref", "hyd"),
    ("november", "nov", "tachwedd", "dachwedd", "tach"),
    ("december", "dec", "rhagfyr", "ragfyr", "rhag"),
)
_EPOCH = dt.date(1899, 12, 30)
LONGEST_COMPARED = 10_000
FIRST_DAY, LAST_DAY = dt.date(1990, 1, 1), dt.date(2100, 1, 1)


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """Letters and digits in small, without accents; everything else is one space. Nothing is as long as a book.

    >>> fold("  Yn ôl cynllun – “da”.") == fold("yn ol cynllun - 'da'")
    True
    """
    if len(text) > LONGEST_COMPARED:
        return ""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    kept = (c if c.isalnum() else " " for c in decomposed if not unicodedata.combining(c))
    return " ".join("".join(kept).split())


def exact(text: str) -> str:
    """As a mapping's answers are compared: case, accents, spaces and the shapes of quotes and dashes set aside, every
    other sign kept. 1.0 is 1, as programs write whole numbers where a column has a gap.

    >>> exact("Ŷes  –  “OK”") == exact("yes - 'ok'"), exact("1.0") == exact("1"), exact("C+") == exact("C-")
    (True, True, False)
    """
    decomposed = unicodedata.normalize("NFD", text.casefold())
    kept = "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_SHAPES)
    return _WHOLE.sub(r"\1", " ".join(kept.split()))


def plain(value: Cell) -> str:
    """A cell as a person sees it: 3.0 is ``3``."""
    if isinstance(value, str):
        return _text(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    return str(value)


def _text(value: str) -> str:
    if "\r" in value or "_x000D_\n" in value:
        value = value.replace("_x000D_\n", "\n").replace("\r\n", "\n").replace("\r", "\n")
    return value.replace("\xa0", " ").strip()


def short(value: Cell) -> str:
    """A cell's content for a message."""
    text = " ".join(plain(value)[:1000].split())
    return text if len(text) <= 60 else text[:57] + "..."


# Choices

# A folder of workbooks asks the same questionnaire; its models cannot be hashed. The question is held so that its
# id is not given to another.
_CHOICES: dict[tuple[int, bool], tuple[Question, Choices]] = {}


@dataclass(frozen=True, slots=True)
class Choices:
    """All spellings of a question's options: folded text → ids of the options that it can mean."""

    known: dict[str, frozenset[str]]
    labels: dict[str, str]

    @classmethod
    def of(cls, question: Question, *, welsh: bool = False) -> Choices:
        """By id, number in the order, sentence in either language, and number with sentence.

        `welsh` takes every Welsh word for Yes and No, besides those that the question offers itself.
        """
        held = _CHOICES.get((id(question), welsh))
        if held is None:
            held = _CHOICES[id(question), welsh] = (question, cls._collect(question, welsh))
        return held[1]

    @classmethod
    def _collect(cls, question: Question, welsh: bool) -> Choices:
        known: dict[str, set[str]] = {}
        labels: dict[str, str] = {}
        for number, option in enumerate(question.choices, 1):
            spellings = {option.id, str(number)}
            for words in (*map(Words, LANGUAGES), SideBySide()):
                sentence, shown = words.of(option.text), choice(question, option, words)
                spellings |= {sentence, shown}
                if question.type != "yes_no":
                    spellings |= {f"{number} {sentence}", shown.removeprefix(f"{number}. ")}
                labels.setdefault(fold(sentence), sentence)
            if question.type == "yes_no":
                spellings |= {p for s in option.text.root.values() for p in s.split("/")}
                if not welsh and option.id not in question.model_fields_set:
                    # The model's Welsh words, which the question did not choose.
                    spellings -= set(option.text.root.values()) - {option.text.to("en")}
                spellings |= _words(option.id == "yes", welsh) - {"0", "1"}
            for spelling in spellings:
                known.setdefault(fold(spelling) or spelling.strip(), set()).add(option.id)
        return cls({k: frozenset(v) for k, v in known.items() if k}, labels)

    def find(self, value: Cell) -> frozenset[str]:
        """The options that the cell can mean: exactly one, several, or none."""
        text = plain(value)
        folded = fold(text) or text
        if folded.isdigit() and not _NUMBERED.fullmatch(text):
            # "<3", "-2" and "2+" are more than the number in them.
            return frozenset()
        return frozenset() if _doubtful(text) else self.known.get(folded, frozenset())

    def nearest(self, value: Cell) -> str | None:
        """The option that was perhaps meant."""
        text = re.sub(r"^\d+ ", "", fold(plain(value)))
        close = get_close_matches(text, self.labels, n=1, cutoff=0.75)
        return self.labels[close[0]] if close else None


def _doubtful(text: str) -> bool:
    """Whether somebody asks rather than answers, as in "Yes?"."""
    return len(text) <= LONGEST_DOUBT and text.endswith("?")


def is_only_a_number(value: Cell) -> bool:
    """Whether a choice is given by its number in the order alone."""
    return plain(value).rstrip(".) ").isdigit()


def _words(yes: bool, welsh: bool) -> set[str]:
    english, also = (YES, YES_IN_WELSH) if yes else (NO, NO_IN_WELSH)
    return english | also if welsh else english


def mark(value: Cell, own: Mapping[str, str], *, welsh: bool = False) -> bool | None:
    """Yes is True, No is False, anything else None; `own` are the workbook's own words."""
    text = plain(value)
    folded = fold(text) or text
    if not folded or _doubtful(text) or (folded.isdigit() and not _NUMBERED.fullmatch(text)):
        return None
    if folded in _words(True, welsh) or folded == fold(own.get("yes", "yes")):
        return True
    if folded in _words(False, welsh) or folded == fold(own.get("no", "no")):
        return False
    return None


def mark_in_table(value: Cell) -> bool | None:
    """As `mark`, in a table, which people of both languages fill in: NA is Welsh for No and short for 'not applicable'."""
    return mark(value, {}, welsh=plain(value) not in ("NA", "na"))


def is_dont_know(value: Cell, own: Mapping[str, str]) -> bool:
    """Whether the cell says that nobody knows."""
    folded = fold(plain(value))
    if not folded or _doubtful(plain(value)):
        return False
    return folded in _dont_know() or folded == fold(own.get("dont_know", VOCABULARY["dont_know"]))


@cache
def _dont_know() -> frozenset[str]:
    english, welsh, _ = said = spoken("dont_know")
    return frozenset(map(fold, (*DONT_KNOW, *said, *beside([english], [welsh]))))


def one_of(value: Cell, prefix: str, own: Mapping[str, str]) -> str | None:
    """Which word of the vocabulary that starts with `prefix` the cell holds: ``status.submitted`` → ``submitted``."""
    folded = fold(plain(value))
    if not folded:
        return None
    theirs = {
        fold(own[key]): key.removeprefix(prefix) for key in VOCABULARY.keys() & own if key.startswith(prefix)
    }
    return theirs.get(folded) or _words_of(prefix).get(folded)


@cache
def _words_of(prefix: str) -> dict[str, str]:
    """Each word of that part of the vocabulary, as files and templates have it in either language → its name."""
    known: dict[str, str] = {}
    for key in VOCABULARY:
        if key.startswith(prefix):
            name = key.removeprefix(prefix)
            brief = SHORT_IN_WELSH.get(key, name)
            said = (name, Words("cy")(name), *spoken(key), brief, *beside([name], [brief]))
            said += (*beside(*([one] for one in spoken(key)[:2])),)
            known |= {fold(word): name for word in said}
    return known


def closest(text: str, known: Iterable[str]) -> str | None:
    """What was perhaps meant."""
    close = get_close_matches(text.strip().lower()[:200], list(known), n=1, cutoff=0.7)
    return close[0] if close else None


# Numbers and dates


def is_percentage(question: NumberQuestion) -> bool:
    """Whether the answer is a number of per cent."""
    return question.number.unit.to("en").strip() == "%"


def number(value: Cell, question: NumberQuestion) -> float | Literal["two_ways", "share"] | None:
    """The number; or why it cannot be told which: a comma of two meanings, or 0.45 that may be 45%."""
    percent = is_percentage(question)
    if isinstance(value, bool) or not isinstance(value, str | float | int):
        return None
    if not isinstance(value, str):
        if not math.isfinite(value):
            # A workbook can hold 1e999, which no number is.
            return None
        return "share" if percent and 0 < abs(value) <= 1 else _positive(float(value))
    text = plain(value).replace("−", "-").replace("–", "-")
    text = PER_CENT.sub("%", text) if percent else text
    unit = next((u for u in question.number.unit.root.values() if text.endswith(u)), "")
    text = " ".join(text.removesuffix(unit)[:50].split()).removeprefix("£").lstrip()
    if len(text) > 40:
        return None
    # A blank only ever parts thousands: in "1 2" it is a slip, and nobody knows of which kind.
    text = text.replace(" ", "") if _SPACED.fullmatch(text) else text
    if _GROUPED.fullmatch(text):
        if "." not in text and text.count(",") == 1 and question.number.decimals >= 3:
            return "two_ways"
        return _positive(float(text.replace(",", "")))
    if not _PLAIN.fullmatch(text):
        return None
    found = _positive(float(text.replace(",", ".")))
    # Whoever writes "0.45" without a sign may mean a share of one.
    return "share" if percent and not unit and 0 < abs(found) < 1 else found


def _positive(value: float) -> float:
    """Nought has no sign."""
    return value or 0.0


def day(value: Cell) -> dt.date | None:
    """A date as a date, a spreadsheet's serial number or text with the day first; None where it is none."""
    found: dt.date | None = None
    if isinstance(value, dt.datetime):
        found = value.date()
    elif isinstance(value, dt.date):
        found = value
    elif isinstance(value, float | int) and not isinstance(value, bool):
        found = _EPOCH + dt.timedelta(days=int(value)) if 32_000 < value < 74_000 else None
    elif isinstance(value, str):
        found = _written(" ".join(plain(value).split()))
    return found if found and FIRST_DAY <= found < LAST_DAY else None


def _written(text: str) -> dt.date | None:
    if match := _ISO.fullmatch(text):
        year, month, number = match.groups()
    elif match := _DAY_FIRST.fullmatch(text):
        number, month, year = match.groups()
    elif match := _IN_WORDS.fullmatch(text):
        number, word, year = match.groups()
        named = [n for n, names in enumerate(MONTHS, 1) if fold(word) in names]
        month = str(named[0]) if named else "0"
    else:
        return None
    try:
        return dt.date(int(year), int(month), int(number))
    except ValueError:
        return None


def number_shown(value: float) -> str:
    """A number without needless decimals."""
    return f"{value:.6g}"
