"""Where templates that are not ours are rendered: they see a page's views and nothing else, and cannot run on for ever.

Jinja's sandbox keeps them from Python's inside, not from what our own objects can do nor from taking all time and memory.
So only what is listed here may be called, and every loop, macro, filter and printed text is counted; counts are the same
on every machine, as times are not.
"""

# Its class is Jinja's own made stricter; only a page with a theme imports this module.
# ruff: noqa: TID253
from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import wraps
from types import BuiltinMethodType, FunctionType, MethodType, SimpleNamespace
from typing import Any, TypeGuard

from jinja2 import nodes
from jinja2.exceptions import SecurityError
from jinja2.filters import make_attrgetter
from jinja2.runtime import BlockReference, Context, LoopContext, Macro, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace
from markupsafe import Markup
from pydantic import BaseModel

from maturity.locale.words import Words
from maturity.models.problem import Phrase
from maturity.models.text import Text
from maturity.reports.counting import Counting

MOST_STEPS = 3_000_000
"""Turns of loops, calls and values looked at, a page. The benchmark of 22 councils takes less than a hundredth."""
MOST_PRINTED = 20_000_000
"""Characters a page."""
MOST_AT_ONCE = 200_000
"""Characters of one value."""
MOST_OF_RANGE = 10_000
OF_A_CALL = 10
"""Steps that a call of ours counts for: it may lay out a whole page's answers."""
MOST_OF_NUMBER = 10**15
PLACES = 12

PLAIN = (str, int, float, date, Text, type(None))
Containers = list[Any] | tuple[Any, ...] | Mapping[Any, Any] | set[Any] | frozenset[Any]
OF_TEXT = frozenset(
    [
        "capitalize",
        "count",
        "endswith",
        "find",
        "isalpha",
        "isdigit",
        "isnumeric",
        "lower",
        "lstrip",
        "removeprefix",
        "removesuffix",
        "rstrip",
        "split",
        "splitlines",
        "startswith",
        "strip",
        "title",
        "upper",
    ]
)
OF_CONTAINERS = frozenset(["count", "get", "index", "items", "keys", "values"])
OF_DATES = frozenset(["day", "isoformat", "month", "weekday", "year"])
TEXTUAL = frozenset(
    [
        "capitalize",
        "e",
        "escape",
        "forceescape",
        "lower",
        "replace",
        "safe",
        "string",
        "striptags",
        "title",
        "trim",
        "truncate",
        "upper",
        "wordcount",
    ]
)
FILTERS = TEXTUAL | frozenset(
    [
        "abs",
        "count",
        "d",
        "default",
        "first",
        "float",
        "groupby",
        "int",
        "items",
        "join",
        "last",
        "length",
        "list",
        "map",
        "max",
        "min",
        "reject",
        "rejectattr",
        "reverse",
        "round",
        "select",
        "selectattr",
        "sort",
        "sum",
        "unique",
    ]
)
TESTS_LEFT_OUT = ("callable", "filter", "test")
FIELDS = re.compile(r"\{\s*\w*\s*[^\w\s{}]")
"""A place of a message that asks for more than a name's value."""


class RefusedError(SecurityError):
    """A template does what it may not; `why` says so in the reader's language."""

    def __init__(self, why: Phrase) -> None:
        self.why = why
        super().__init__(str(why))


class SpentError(Exception):
    """A template takes more than a page may; `what` says of what."""

    def __init__(self, what: Phrase) -> None:
        self.what = what
        super().__init__(str(what))


class GuardedEnvironment(ImmutableSandboxedEnvironment):
    """Compiles templates so that they count what they do; the counts begin anew with `begin`."""

    intercepted_binops = frozenset({"+", "*", "**", "%"})

    def __init__(self, *, clean: Callable[[object], object], **options: Any) -> None:
        super().__init__(**options)
        self.clean, self.finalize = clean, self.finalized
        self.steps = self.printed = 0
        self.filters = {name: _counted(self, name, self.filters[name]) for name in sorted(FILTERS)}
        self.tests = {name: test for name, test in self.tests.items() if name not in TESTS_LEFT_OUT}
        self.globals = {"range": self.a_range, "dict": self.a_dict, "namespace": Namespace}
        self.own_calls = frozenset({self.a_range, self.a_dict, self.turn, self.joined, self.weighed})

    def begin(self) -> None:
        """A new page."""
        self.steps = self.printed = 0

    # What is counted

    def spend(self, steps: int) -> None:
        self.steps += steps
        if self.steps > MOST_STEPS:
            raise SpentError(Phrase("more than {n} steps; a loop runs too often", n=MOST_STEPS))

    def turn(self, printed: int) -> str:
        """One turn of a loop, a macro or a block, in which so many characters stand as they are."""
        self.spend(1)
        self.print_out(printed)
        return ""

    def print_out(self, characters: int) -> None:
        self.printed += characters
        if self.printed > MOST_PRINTED:
            raise SpentError(Phrase("more than {n} characters", n=MOST_PRINTED))

    def finalized(self, value: Any) -> Any:
        """What is printed: words and numbers. A list or an object of ours has no words of its own."""
        if not _is_plain(value) and not hasattr(value, "_undefined_message"):
            raise RefusedError(
                Phrase("'{kind}' cannot be printed: print what is in it", kind=type(value).__name__)
            )
        if isinstance(value, str):
            self.print_out(len(value))
        return self.clean(value)

    def joined(self, *parts: Any) -> str:
        """What ``~`` makes."""
        words = [self.finalized(part) for part in parts]
        _at_most(sum(len(str(one)) for one in words))
        if any(hasattr(one, "__html__") for one in words):
            return Markup().join(words)
        return "".join(map(str, words))

    def weighed(self, value: Any) -> Any:
        """A value that is compared, or that a list is made of."""
        self.spend(_size(value))
        return value

    def a_range(self, *numbers: int) -> range:
        found = range(*numbers)
        if len(found) > MOST_OF_RANGE:
            raise SpentError(Phrase("a range of more than {n}", n=MOST_OF_RANGE))
        return found

    def a_dict(self, *pairs: Any, **more: Any) -> dict[Any, Any]:
        self.spend(sum(map(_size, (*pairs, *more.values()))))
        return dict(*pairs, **more)

    # What is allowed

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        return super().is_safe_attribute(obj, attr, value) and _is_open(obj, attr)

    def is_safe_callable(self, obj: Any) -> bool:
        # What is not there can be called, which says what is not there.
        if isinstance(obj, Macro | LoopContext | BlockReference | Words | Undefined) or obj is Namespace:
            return True
        if isinstance(obj, MethodType):
            return obj in self.own_calls or _is_open(obj.__self__, obj.__name__)
        if isinstance(obj, FunctionType):
            return (obj.__module__ or "").startswith("maturity.")
        return isinstance(obj, BuiltinMethodType) and _is_open(obj.__self__, obj.__name__)

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805 - as Jinja names them, so that a call may name anything
        if isinstance(__obj, MethodType | FunctionType) and __obj not in __self.own_calls:
            __self.spend(OF_A_CALL)
        is_words = isinstance(__obj, Words) or isinstance(getattr(__obj, "__self__", None), Words)
        if is_words and any(isinstance(a, str) and FIELDS.search(a) for a in args):
            raise RefusedError(Phrase("a message's places are names alone, as in {{name}}"))
        return super().call(__context, __obj, *args, **kwargs)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        if operator == "**" or (operator == "%" and isinstance(left, str)):
            raise RefusedError(Phrase("'{operator}' cannot be used here", operator=operator))
        for text, times in ((left, right), (right, left)):
            if operator == "*" and not isinstance(text, int | float):
                _at_most(_length(text) * abs(int(times)))
        if operator == "+" and not isinstance(left, int | float):
            _at_most(_length(left) + _length(right))
        found = super().call_binop(context, operator, left, right)
        if isinstance(found, int) and abs(found) > MOST_OF_NUMBER:
            raise SpentError(Phrase("a number of more than {n}", n=MOST_OF_NUMBER))
        return found

    # How it is counted

    def _generate(self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False) -> str:  # fmt: skip
        counting = Counting(self)
        return super()._generate(counting.visit(source), name, filename, defer_init)


def _counted(environment: GuardedEnvironment, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """A filter that counts what it is given, and takes nothing that it would blow up."""
    at = int(hasattr(function, "jinja_pass_arg"))

    @wraps(function)
    def counted(*args: Any, **kwargs: Any) -> Any:
        value, more = args[at], [*args[at + 1 :], *kwargs.values()]
        letters = len(value) if isinstance(value, str) and name not in TEXTUAL else 0
        environment.spend(_size(value) + letters)
        if name in TEXTUAL:
            for one in (value, *more):
                environment.finalized(one)
        if name == "replace":
            _at_most(len(str(value)) + str(value).count(str(more[0])) * len(str(more[1])))
        if name == "round" and any(isinstance(n, int) and abs(n) > PLACES for n in more):
            raise RefusedError(Phrase("a number is rounded to at most {n} places", n=PLACES))
        if name == "sum" and any(not isinstance(n, int | float | str) for n in more):
            raise RefusedError(Phrase("numbers alone can be added up"))
        if name == "join":
            words = _joinable(environment, *args[at:], **kwargs)
            between = kwargs.get("d", args[at + 1] if len(args) > at + 1 else "")
            return function(*args[:at], words, between)
        return function(*args, **kwargs)

    return counted


def _joinable(
    environment: GuardedEnvironment, values: Iterable[Any], d: str = "", attribute: str | None = None
) -> list[Any]:
    """What `join` puts together, as words that are not too many."""
    items = list(values if attribute is None else map(make_attrgetter(environment, attribute), values))
    words = [environment.finalized(item) for item in items]
    _at_most(sum(len(str(one)) for one in words) + len(words) * len(str(d)))
    return words


def _is_open(obj: Any, attr: str) -> bool:
    """Whether a template may take that of an object: what our own classes say, and little of Python's."""
    kind = type(obj)
    if isinstance(obj, str):
        return attr in OF_TEXT
    if isinstance(obj, date):
        return attr in OF_DATES
    if isinstance(obj, BaseModel):
        ours = (c for c in kind.__mro__ if c.__module__.startswith("maturity."))
        return attr in kind.model_fields or any(attr in vars(c) for c in ours)
    if _is_container(obj):
        return attr in OF_CONTAINERS
    if isinstance(obj, type):
        return False
    return kind is SimpleNamespace or kind.__module__.startswith(("maturity.", "jinja2."))


def _is_container(value: Any) -> TypeGuard[Containers]:
    return isinstance(value, list | tuple | Mapping | set | frozenset)


def _is_plain(value: Any) -> bool:
    return isinstance(value, PLAIN) or hasattr(value, "__html__")


def _length(value: Any) -> int:
    return len(value) if hasattr(value, "__len__") else 0


def _at_most(characters: int) -> None:
    if characters > MOST_AT_ONCE:
        raise SpentError(Phrase("a text of more than {n} characters", n=MOST_AT_ONCE))


def _size(value: Any) -> int:
    """How many values there are in it, in those that it holds too; counting stops where they are too many."""
    waiting, found = [value], 0
    while waiting and found <= MOST_STEPS:
        one = waiting.pop()
        found += 1
        if isinstance(one, str):
            found += len(one) // 1000
        elif isinstance(one, range):
            found += len(one)
        elif isinstance(one, Mapping):
            waiting += [*one, *one.values()]
        elif isinstance(one, list | tuple | set | frozenset):
            inner: Iterable[Any] = one
            waiting += inner
    return found
