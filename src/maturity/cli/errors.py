"""The one place that turns errors into words and exit codes."""

from __future__ import annotations

import functools
import os
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterable
from enum import IntEnum
from pathlib import Path
from typing import Any

import typer

from maturity.models.problem import MaturityError, Problem


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
        try:
            code = function(*args, **kwargs) or ExitCode.DONE
            sys.stdout.flush()
        except MaturityError as error:
            print_problems(error.problems)
            code = ExitCode.CANNOT
        except (KeyboardInterrupt, EOFError):
            say("Stopped.")
            code = ExitCode.INTERRUPTED
        except BrokenPipeError:
            _forget_stdout()
            code = ExitCode.DONE
        except (typer.Exit, typer.Abort, typer.BadParameter):
            raise
        except Exception:
            say(
                f"This is a fault in maturity, not in your files. The details are in {_log()}; please report it with them."
            )
            code = ExitCode.BUG
        raise typer.Exit(int(code))

    return guarded


def say(message: str) -> None:
    """One line to the person, on stderr, so that stdout holds only what was asked for."""
    encoding = sys.stderr.encoding or "utf-8"
    sys.stderr.write(message.encode(encoding, "replace").decode(encoding) + "\n")


def print_problems(problems: Iterable[Problem]) -> None:
    """Each problem with its place, code and remedy."""
    for problem in problems:
        say(f"{problem.place}: {problem.message()} [{problem.kind.code}]")
        say(f"    {problem.remedy()}")


def _forget_stdout() -> None:
    """A reader such as `head` has gone: write no more, and let Python not complain at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _log() -> Path:
    handle, name = tempfile.mkstemp(prefix="maturity-", suffix=".log")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        traceback.print_exc(file=file)
    return Path(name)
