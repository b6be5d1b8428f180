"""From plain data to a model, with every misfit as a problem at its line and column."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from maturity.models import text
from maturity.models.assessment import PERIOD_PATTERN
from maturity.models.base import RANGE_PATTERN, VERSION_PATTERN
from maturity.models.problem import Kind, Phrase, Problem, Said, quoted
from maturity.sources.meant import all_keys, as_id, did_you_mean, quoted_in_file
from maturity.sources.parts import Cut, growing
from maturity.sources.untyped import whatever_its_type
from maturity.sources.yaml_reader import MAX_PROBLEMS, STOPPED, Document, Loc, short

MISSING = Kind("S001", "error", "'{key}' is missing here.", "Add '{key}:' with its value.")
UNKNOWN_KEY = Kind(
    "S002",
    "error",
    "'{key}' is not a key that belongs here.",
    "{hint}Correct it, delete it, or move it to where it belongs: the indentation decides.",
)
NOT_TEXT = Kind(
    "S003", "error", "'{found}' is not text.", "Put it in quotes if it is meant as a name or as words."
)
NOT_CHOSEN = Kind("S004", "error", "'{found}' cannot stand here.", "{hint}Choose one of: {choices}.")
NOT_AN_ID = Kind(
    "S005",
    "error",
    "'{found}' is not an id.",
    "{hint}Write lower case letters without accents, digits, and hyphens between words, as in 'in-place': so no two"
    " ids differ only in case.",
)
NOT_A_VERSION = Kind(
    "S006", "error", "'{found}' is not a version.", 'Write three numbers in quotes, as in "1.0.0".'
)
NOT_A_RANGE = Kind(
    "S007",
    "error",
    "'{found}' does not say which versions.",
    'Write the least and the first too great, in quotes, as in ">=1.0.0,<2.0.0".',
)
NOT_A_NUMBER = Kind(
    "S008",
    "error",
    "'{found}' is not a number.",
    "Write digits alone, without quotes, unit or thousands comma, as in 1250 or 12.5.",
)
NOT_WHOLE = Kind(
    "S009", "error", "'{found}' is not a whole number.", "Write digits alone, without quotes, as in 2."
)
NOT_A_FLAG = Kind(
    "S010", "error", "'{found}' is neither true nor false.", "Write true or false, without quotes."
)
NOT_KEYS = Kind(
    "S011",
    "error",
    "Keys and values belong here, and '{found}' is none.",
    "Write 'key: value' on lines below, indented; a text that people read as {{en: ..., cy: ...}}.",
)
NOT_A_LIST = Kind(
    "S012",
    "error",
    "A list belongs here, and '{found}' is none.",
    "Write one entry a line, each starting with '- ', or all in brackets: [one, two].",
)
NOTHING = Kind(
    "S013", "error", "Nothing stands here.", "Write the value after the colon, or delete the whole entry."
)
TOO_FEW = Kind(
    "S014", "error", "At least {least} must stand here, and there are {found}.", "Add what is missing."
)
TOO_MANY = Kind(
    "S015",
    "error",
    "At most {most} can stand here, and there are {found}.",
    "Delete some, or divide them up.",
)
TOO_LONG = Kind(
    "S016",
    "error",
    "This text has {found} characters, and at most {most} can stand here.",
    "Shorten it.",
)
OUT_OF_BOUNDS = Kind("S017", "error", "{found} cannot stand here.", "Write a number that is {bound}.")
NOT_A_DATE = Kind("S018", "error", "'{found}' is not a date.", "Write year, month and day, as in 2026-03-31.")
NOT_AN_ANSWER = Kind(
    "S019",
    "error",
    "'{found}' is not an answer.",
    "Write an option's id (yes or no, not true or false), a list of them, a number, or text.",
)
OTHER = Kind("S020", "error", "'{found}' cannot stand here: {reason}.", "Correct or delete it.")

NOT_A_WEIGHT = Kind(
    "S023",
    "error",
    "{found} is no weight: a weight is more than 0.",
    "Write a number that is {bound}; what should not count belongs under 'not_scored'.",
)
NOT_A_PERIOD = Kind(
    "S022",
    "error",
    "'{found}' is not a period.",
    "Write the year, or the year with a quarter, half, month or second year: 2026, 2026-Q1, 2026-H1, 2026-03, 2025-26.",
)
NO_CONDITION = Kind(
    "S021",
    "error",
    "'{found}' is not a condition.",
    "Write what it looks at and a test, as in {{question: digital.plan, equals: yes}}; or 'all', 'any' or 'not' of such.",
)

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

M = TypeVar("M", bound=BaseModel)


def to_model(model: type[M], document: Document) -> tuple[M | None, list[Problem]]:
    """The document's data as `model`, or None and what is in the way (MAX_PROBLEMS and a note, at most)."""
    for data, cut in growing(document.data, document.nodes):
        try:
            read = model.model_validate(data)
        except ValidationError as error:
            errors = error.errors(include_url=False)
            if cut is None:
                errors += whatever_its_type(model, data, errors)
            problems = misfits(document, errors, cut)
            if cut is None or len(problems) > MAX_PROBLEMS:
                return None, problems
    return read, []


def misfits(document: Document, errors: list[ErrorDetails], cut: Cut | None = None) -> list[Problem]:
    """What is wrong with a document's data, by Pydantic's errors (MAX_PROBLEMS and a note, at most).

    Of data that was `cut` there, what lies on the way to the cut may only seem wrong, and is left out.
    """
    problems: dict[tuple[object, ...], Problem] = {}
    for details in of_the_branch_meant(document.data, errors):
        if cut is not None and (loc := in_file(document.data, details["loc"])) == cut[: len(loc)]:
            continue
        if _hangs_on_unread(document, details):
            continue
        problem = _problem(document, details)
        problems.setdefault((problem.place, problem.kind.code, problem.details.get("key")), problem)
        if len(problems) >= MAX_PROBLEMS:
            stopped = Problem(STOPPED, problem.place, {"limit": MAX_PROBLEMS})
            return [*problems.values(), stopped]
    return list(problems.values())


def _hangs_on_unread(document: Document, error: ErrorDetails) -> bool:
    """Whether what seems missing or wrong may be what could not be read there."""
    if not document.unread:
        return False
    loc, broken = in_file(document.data, error["loc"]), document.broken
    return loc in document.unread or (broken is not None and loc[: len(broken)] == broken)


_BRANCHES: dict[str, type | tuple[type, ...]] = {
    "float": (int, float),
    "constrained-str": str,
    "tuple[": list,
    "dict[": dict,
    "literal[": str,
    "MappedColumn": dict,
}


def of_the_branch_meant(data: Any, errors: list[ErrorDetails]) -> Iterator[ErrorDetails]:
    """Where a value can be of several types, only what is wrong with it as the type that it was written as."""
    fitting: set[Loc] = set()
    left: list[tuple[Loc, ErrorDetails]] = []
    for error in errors:
        # Entries that are wrong themselves are missing from Pydantic's count.
        if error["type"] == "too_short" and len(error["input"]) >= error["ctx"]["min_length"]:
            continue
        for i, step in enumerate(error["loc"]):
            branch = next((t for name, t in _BRANCHES.items() if str(step).startswith(name)), None)
            if branch is not None and i:
                where = error["loc"][:i]
                if isinstance(_at(data, where), branch):
                    fitting.add(where)
                    yield error
                else:
                    left.append((where, error))
                break
        else:
            yield error
    for where, error in left:
        if where not in fitting:
            yield error


def _problem(document: Document, error: ErrorDetails) -> Problem:
    loc = in_file(document.data, error["loc"])
    kind, found = error["type"], error["input"]
    context: dict[str, Any] = error.get("ctx") or {}
    key = str(error["loc"][-1]) if error["loc"] else ""
    report = document.key_problem if key == "[key]" else document.problem
    quoted = document.written.get(loc) or quoted_in_file(found)
    if kind in ("missing", "union_tag_not_found"):
        if kind != "missing" and (
            loc[-1:] in (("when",), ("asked_when",), ("not",)) or loc[-2:-1] in (("all",), ("any",))
        ):
            return report(NO_CONDITION, loc, found=quoted)
        return document.key_problem(MISSING, loc, key="type" if kind == "union_tag_not_found" else key)
    if kind == "extra_forbidden":
        return document.key_problem(UNKNOWN_KEY, loc, key=short(key), hint=did_you_mean(key, all_keys()))
    if kind in ("literal_error", "union_tag_invalid"):
        choices = context.get("expected") or context["expected_tags"]
        if kind == "union_tag_invalid":
            loc, quoted = (*loc, "type"), quoted_in_file(found["type"])
        known = choices.replace(" or ", ", ").replace("'", "").split(", ")
        hint = did_you_mean(quoted, tuple(known))
        return report(NOT_CHOSEN, loc, found=quoted, choices=", ".join(known), hint=hint)
    if found is None or kind == "string_too_short":
        language = _language_without_words(document.data, error["loc"])
        if language is not None:
            return document.key_problem(text.NO_WORDS, loc, language=text.NAMES[language], code=language)
        return report(NOTHING, loc)
    if kind == "string_pattern_mismatch" or (kind == "string_type" and loc[-1:] == ("version",)):
        return report(
            _pattern(context.get("pattern", VERSION_PATTERN)), loc, found=quoted, hint=as_id(str(found))
        )
    if kind in _TYPES:
        return report(_TYPES[kind], loc, found=quoted)
    if kind in ("too_short", "too_long"):
        bound = {"least": context.get("min_length"), "most": context.get("max_length")}
        return report(TOO_FEW if kind == "too_short" else TOO_MANY, loc, found=len(found), **bound)
    if kind == "string_too_long":
        return report(TOO_LONG, loc, found=len(found), most=context["max_length"])
    for name, words in _BOUNDS.items():
        if name in context:
            is_weight = loc[-1:] == ("weight",) or "weights" in loc
            kind_ = NOT_A_WEIGHT if is_weight else OUT_OF_BOUNDS
            return report(kind_, loc, found=quoted, bound=Phrase(words.words, bound=f"{context[name]:.10g}"))
    if kind.startswith(("date_", "datetime_")) or (kind == "value_error" and loc[-1:] == ("date",)):
        return report(NOT_A_DATE, loc, found=quoted)
    if kind == "value_error" and key == "value":
        return report(NOT_AN_ANSWER, loc, found=quoted)
    reason = str(context.get("error") or error["msg"])
    return report(OTHER, loc, found=quoted, reason=_reason(reason))


_KNOWN = (Phrase("exactly one of 'equals', 'in', 'at_least', 'below' and 'includes' belongs here"),)
"""Reasons that the models give."""


def _reason(said: str) -> Said:
    """Why a value cannot stand somewhere, in the words of a model or of Pydantic."""
    return next((one for one in _KNOWN if one.words == said), None) or quoted(said)


def _language_without_words(data: Any, loc: Loc) -> text.Language | None:
    """Which language's words are meant where none stand, in a file that is to have them."""
    languages = data.get("languages") if isinstance(data, dict) else None
    wanted = languages if isinstance(languages, list) else text.LANGUAGES
    return next((one for one in text.LANGUAGES if loc[-1:] == (one,) and one in wanted), None)


_TYPES = {
    "string_type": NOT_TEXT,
    "float_type": NOT_A_NUMBER,
    "finite_number": NOT_A_NUMBER,
    "int_type": NOT_WHOLE,
    "bool_type": NOT_A_FLAG,
    "dict_type": NOT_KEYS,
    "model_type": NOT_KEYS,
    "model_attributes_type": NOT_KEYS,
    "dataclass_type": NOT_KEYS,
    "tuple_type": NOT_A_LIST,
    "list_type": NOT_A_LIST,
}
_BOUNDS = {
    "gt": Phrase("greater than {bound}"),
    "ge": Phrase("at least {bound}"),
    "lt": Phrase("less than {bound}"),
    "le": Phrase("at most {bound}"),
}


def _pattern(pattern: str) -> Kind:
    known = {VERSION_PATTERN: NOT_A_VERSION, PERIOD_PATTERN: NOT_A_PERIOD, RANGE_PATTERN: NOT_A_RANGE}
    return known.get(pattern, NOT_AN_ID)


def in_file(data: Any, loc: Loc) -> Loc:
    """An error's path as it stands in the file: Pydantic adds union members' names, which are in no file."""
    path: list[str | int] = []
    for position, step in enumerate(loc):
        if isinstance(data, dict):
            # A question's type names its union member: ('questions', 0, 'number', 'number', 'unit').
            member = position > 0 and isinstance(loc[position - 1], int) and step == data.get("type")
            if member or _names_condition(loc, position) or step not in data:
                continue
            data = data[str(step)]
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            continue
        path.append(step)
    return tuple(path)


def _names_condition(loc: Loc, position: int) -> bool:
    """Whether this step names a condition's union member: ('when', 'all', 'all', 0, 'item', 'below')."""
    before = loc[position - 1] if position else ""
    listed = isinstance(before, int) and loc[position - 2 : position - 1] in (("all",), ("any",))
    return (
        listed or before == "asked_when" or before == "when" or (before == "not" and _odd_not(loc, position))
    )


def _odd_not(loc: Loc, position: int) -> bool:
    """Of 'not', 'not' the first names the member and the second is the key."""
    before = position - 1
    return not _names_condition(loc, before)


def _at(data: Any, loc: Loc) -> Any:
    for step in in_file(data, loc):
        data = data[step]
    return data
