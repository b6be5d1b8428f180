"""The one place that turns errors into words and exit codes."""

from __future__ import annotations

import errno
import functools
import inspect
import os
import shutil
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterable
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from maturity.cli.safe import folded, printable
from maturity.locale.words import N_
from maturity.models.problem import MaturityError, Phrase, Problem, Translate

if TYPE_CHECKING:
    from maturity.locale.words import Words

# What a full disk, a file-size limit, a broken device or a closed stream says when stdout is written to.
UNWRITABLE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF)


SEVERITIES = {"error": N_("error"), "warning": N_("warning")}


class WrongOption(typer.BadParameter):
    """An option's value that cannot be, said in the language of the command line."""

    def __init__(self, why: Phrase, option: str) -> None:
        self.why = why
        super().__init__(str(why), param_hint=option)


class ExitCode(IntEnum):
    """What the shell is told."""

    DONE = 0
    FINDINGS = 1
    CANNOT = 2
    BUG = 3
    INTERRUPTED = 130


def command(function: Callable[..., int | None]) -> Callable[..., None]:
    """Makes a function that returns an exit code a command that never shows a traceback."""

    @functools.wraps(function)
    def guarded(*args: Any, **kwargs: Any) -> None:
        raise typer.Exit(
            int(
                _run(
                    lambda: function(*args, **kwargs),
                    str(kwargs.get("lang") or os.environ.get("MATURITY_LANG") or "en"),
                )
            )
        )

    guarded.__doc__ = _flowing(function.__doc__ or "")
    return guarded


def _flowing(text: str) -> str:
    """A docstring without the line ends within its paragraphs: help is as wide as the terminal."""
    paragraphs = inspect.cleandoc(text).split("\n\n")
    return "\n\n".join(
        one if one.startswith((" ", "- ")) else " ".join(one.split("\n")) for one in paragraphs
    )


def _run(work: Callable[[], int | None], language: str) -> int:
    try:
        code = work() or ExitCode.DONE
        sys.stdout.flush()
        return code
    except MaturityError as error:
        print_problems(error.problems, _words(language))
        return ExitCode.CANNOT
    except (KeyboardInterrupt, EOFError):
        say(_words(language)("Stopped."))
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        forget(sys.stdout)
        return ExitCode.DONE
    except (typer.Exit, typer.Abort, typer.BadParameter):
        raise
    except Exception as error:
        if isinstance(error, OSError) and error.errno in UNWRITABLE:
            return cannot_write(error, language)
        words = _words(language)
        say(
            words(
                "This is a fault in maturity, not in your files. The details are in {log}; please report it with them.",
                log=_log(),
            )
        )
        return ExitCode.BUG


def cannot_write(error: OSError, language: str = "en") -> int:
    """Says that stdout takes nothing more, and lets Python not complain of it again at exit."""
    forget(sys.stdout)
    from maturity.sources.files import reason_of

    say(_words(language)("The output could not be written: {reason}.", reason=reason_of(error)))
    return ExitCode.CANNOT


def say(message: str, *, whole: bool = False) -> None:
    """One line to the person, on stderr, so that stdout holds only what was asked for.

    A terminal gets it broken between words, unless it is to be copied as a `whole`.
    """
    encoding = sys.stderr.encoding or "utf-8"
    shown = printable(message)
    try:
        if sys.stderr.isatty() and not whole:
            shown = "\n".join(folded(shown, _columns()))
        sys.stderr.write(shown.encode(encoding, "replace").decode(encoding) + "\n")
    except (OSError, ValueError):
        # Nobody can be told: the exit code must do.
        forget(sys.stderr)


def _columns() -> int:
    """Of the terminal that stderr is; stdout may be a pipe."""
    try:
        here = os.get_terminal_size(sys.stderr.fileno())
    except (OSError, ValueError):
        here = os.terminal_size((80, 24))
    return shutil.get_terminal_size(here).columns


def print_problems(problems: Iterable[Problem], translate: Translate) -> None:
    """Each problem with its place, code and remedy."""
    for problem in problems:
        say(f"{problem.place}: {problem.message(translate)} [{problem.kind.code}]")
        say(f"    {problem.remedy(translate)}")


def forget(stream: Any) -> None:
    """The other end has gone: what is still to be written goes nowhere."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    except (OSError, ValueError, AttributeError):
        return


def _words(language: str) -> Words:
    """Of a command that makes files in `both` languages, in the one that the person reads."""
    from maturity.locale.words import Words

    if language == "both":
        from maturity.cli.speaking import spoken

        language = spoken((), os.environ)
    return Words("cy" if language == "cy" else "en")


def _log() -> Path:
    handle, name = tempfile.mkstemp(prefix="maturity-", suffix=".log")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        traceback.print_exc(file=file)
    return Path(name)
