"""The command `maturity`. Each command is a module that imports what it needs only when it runs."""

from __future__ import annotations

import atexit
import errno
import gc
import io
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

import maturity
from maturity.cli.errors import cannot_write

app = typer.Typer(
    name="maturity",
    help="Digital maturity self-assessment for councils: ask, score, compare, report.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"maturity {maturity.__version__}")
        raise typer.Exit


@app.callback()
def _top(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and leave.")
    ] = False,
) -> None:
    """Digital maturity self-assessment for councils: ask, score, compare, report."""


def main() -> None:
    """Runs the program; text that a console cannot show is replaced, never an error."""
    _start_quickly()
    _open_closed_streams()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        from maturity.cli.speaking import run, spoken

        _add_commands()
        run(app, spoken(sys.argv[1:], os.environ))
    except KeyboardInterrupt:
        # Before a command is there to say so, nothing has begun that could be stopped.
        sys.exit(130)
    except OSError as error:
        # Help and version are written outside the commands, whose own errors never come here.
        sys.exit(cannot_write(error))


def _start_quickly() -> None:
    """A program that ends soon need not look for cyclic garbage every 700 objects, nor once more when all its memory
    goes back to the system; nor for plugins of Pydantic, which have no business in what is found in a file."""
    gc.set_threshold(300_000, 20, 20)
    atexit.register(_leave_quickly)
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")


def _leave_quickly() -> None:
    """DuckDB writes pages to stderr about whatever is not collected in the end."""
    if "duckdb" not in sys.modules:
        gc.freeze()


class _Closed(io.StringIO):
    """Stands for a stdout that the shell closed: whoever writes is told, as for a full disk."""

    def write(self, _text: str, /) -> int:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))


def _open_closed_streams() -> None:
    """Python has None for a stream that was closed (`>&-`); and the next file opened would take its number."""
    while (handle := os.open(os.devnull, os.O_RDWR)) <= 2:
        pass
    os.close(handle)
    if sys.stdout is None:
        sys.stdout = _Closed()
    if sys.stderr is None:
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - for as long as we run


def _add_commands() -> None:
    from maturity.cli import commands

    commands.add_to(app)
