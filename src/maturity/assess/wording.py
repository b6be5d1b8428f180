"""What the interview says and how it reads what people type; no terminal here."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from functools import lru_cache

from maturity.checks.answers import OUT_OF_RANGE, TOO_EXACT
from maturity.locale.words import N_, Words, with_unit
from maturity.models.assessment import DONT_KNOW, Answer
from maturity.models.problem import Kind, MaturityError
from maturity.models.questionnaire import NumberQuestion, Question
from maturity.models.text import Language
from maturity.sources.yaml_text import without_invisible

LANGUAGE_NAMES: dict[Language, str] = {"en": "English", "cy": "Cymraeg"}

SURE = {
    "sure": N_("Sure: I know it, or looked it up"),
    "fairly": N_("Fairly sure"),
    "unsure": N_("Unsure: to be looked at again"),
}
"""How sure somebody is of an answer, in words."""
SURE_BRIEFLY = {
    "sure": N_("How sure: sure"),
    "fairly": N_("How sure: fairly"),
    "unsure": N_("How sure: unsure"),
}
"""The same beside an answer."""

_LINE_ENDS = re.compile("\r\n|[\r\u2028\u2029]")
_PLAINER = {
    "‘": "'",
    "’": "'",
    "“": '"',
    "”": '"',
    "–": "-",
    "—": "-",
    "−": "-",
    "→": "->",
    "›": ">",
    "●": "*",
}
# A word with the space behind it, or one letter of a script that is written without spaces.
_WIDE = (
    "\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6"
)
_PIECES = re.compile(rf"[{_WIDE}] *|[^ {_WIDE}]+ *| +")
_GROUPED = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?")
_PLAIN = re.compile(r"-?(\d+([.,]\d*)?|[.,]\d+)")


class NotANumberError(ValueError):
    """What was typed is not a number; the message is a wording's key."""


def words_in(language: Language) -> Words:
    """The program's words; in English while the catalogue of that language has not been made."""
    try:
        return Words(language)
    except FileNotFoundError:
        words = Words("en")
        words.language = language
        return words


def clean(text: str) -> str:
    """Text without control characters and stray surrogates, which would drive a terminal or break a file.

    Every kind of line end becomes a plain one: terminals paste ``\\r``, and Unicode's own are refused in files. What no
    file can hold becomes a space, as it does when it is written.
    """
    text = _LINE_ENDS.sub("\n", text)
    text = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    return without_invisible(text)


def spelt(text: str, encoding: str) -> str:
    """The text in characters that `encoding` has: without the accents that it lacks, and with ``?`` at the worst."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return "".join(_spelt(character, encoding) for character in text)
    return text


def brief(text: str, most: int = 200) -> str:
    """The text in one line, cut where it is long."""
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[: most - 3].rstrip()}..."


def _spelt(character: str, encoding: str) -> str:
    plain = _PLAINER.get(character) or unicodedata.normalize("NFKD", character)
    for one in (character, "".join(c for c in plain if not unicodedata.combining(c))):
        try:
            one.encode(encoding)
        except UnicodeEncodeError:
            continue
        return one
    return "?"


def columns(text: str) -> int:
    """How many columns a terminal gives the text: two to a wide letter, none to what stands on another."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text
    )


@lru_cache(maxsize=1000)
def wrapped(text: str, width: int) -> tuple[str, ...]:
    """Lines of at most `width` columns (12 at the least), broken between words; one empty line for an empty text.

    Between two wide letters, which are written without spaces, a line may be broken anywhere.
    """
    width = max(12, width)
    if columns(text) == len(text):
        return tuple(textwrap.wrap(text, width, break_on_hyphens=False)) or ("",)
    lines = [""]
    for piece in _PIECES.findall(" ".join(text.split())):
        if columns(lines[-1] + piece.rstrip()) <= width:
            lines[-1] += piece
            continue
        lines.append("")
        for character in piece.lstrip():
            if columns(lines[-1] + character) > width:
                lines.append("")
            lines[-1] += character
    return tuple(line.strip() for line in lines if line.strip()) or ("",)


def parse_number(typed: str, question: NumberQuestion) -> float:
    """``"12,5"``, ``"12.5 %"``, ``"1 250"`` → a number. Raises NotANumberError.

    A comma may be a decimal comma or group thousands. Where both are possible, as in ``1,250`` when decimals are
    asked for, guessing could be wrong a thousandfold, so it is refused.
    """
    from maturity.intake.matching import PER_CENT, is_percentage

    text = clean(typed).strip().replace("−", "-")
    text = PER_CENT.sub("%", text) if is_percentage(question) else text
    for unit in question.number.unit.root.values():
        text = text.removesuffix(unit).rstrip()
    text = "".join(text.split())
    if _GROUPED.fullmatch(text):
        if question.number.decimals and "." not in text and text.count(",") == 1:
            raise NotANumberError(N_("'{typed}' can be read in two ways. Write it without the comma."))
        text = text.replace(",", "")
    elif not _PLAIN.fullmatch(text):
        raise NotANumberError(N_("'{typed}' is not a number."))
    return float(text.replace(",", "."))


def number_rule(question: NumberQuestion, words: Words) -> str:
    """What may be typed, in a sentence."""
    number, language = question.number, words.language
    unit = number.unit.to(language)
    if number.min is not None and number.max is not None:
        rule = words(
            "A number from {low} to {high} ({unit})", low=plain(number.min), high=plain(number.max), unit=unit
        )
    elif number.min is not None:
        rule = words("A number from {low} up ({unit})", low=plain(number.min), unit=unit)
    elif number.max is not None:
        rule = words("A number up to {high} ({unit})", high=plain(number.max), unit=unit)
    else:
        rule = words("A number ({unit})", unit=unit)
    if number.decimals == 0:
        return words("{rule}, without decimals.", rule=rule)
    return words.count(
        "{rule}, with at most {n} decimal.", "{rule}, with at most {n} decimals.", number.decimals, rule=rule
    )


def complaint(error: MaturityError, words: Words) -> str:
    """What is wrong with something typed, in words for the person who has the question before them."""
    problem = error.problems[0]
    friendly: dict[Kind, str] = {
        OUT_OF_RANGE: N_("{found} is out of range."),
        TOO_EXACT: N_("{found} has too many decimals."),
    }
    if problem.kind in friendly:
        return words(friendly[problem.kind], **problem.details)
    return problem.message(words)


def in_words(question: Question, answer: Answer, words: Words) -> str:
    """An answer as a person reads it; empty where there is none."""
    value, language = answer.value, words.language
    if answer.not_applicable:
        return words("Not applicable: {reason}", reason=answer.reason or "")
    if value is None:
        return ""
    if isinstance(question, NumberQuestion):
        if value == DONT_KNOW:
            return words("Don't know")
        return with_unit(plain(value), question.number.unit.to(language))
    named = {option.id: option.text.to(language) for option in question.choices}
    chosen = value if isinstance(value, tuple) else (value,)
    return "; ".join(named.get(str(one), str(one)) for one in chosen)


def plain(value: object) -> str:
    """A number without a needless ``.0``."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
