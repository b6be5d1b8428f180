"""How long until anything happens: the program against the least that Typer can do."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from timing import process, ratio

# The smallest Typer program with one command that answers --version.
BARE = """
import typer

app = typer.Typer()


def version(wanted: bool):
    if wanted:
        print("0.0.0")
        raise typer.Exit


@app.command()
def hello(version: bool = typer.Option(False, "--version", callback=version, is_eager=True)):
    print("hello")


app()
"""


def rows() -> list[tuple[str, float, float]]:
    """`maturity --version` as a whole process, over the same for the smallest Typer program."""
    with tempfile.TemporaryDirectory() as folder:
        bare = Path(folder) / "bare.py"
        bare.write_text(BARE, encoding="utf-8")
        ours = process(Path(sys.executable).parent / "maturity", "--version")
        measured = ratio(ours, process(sys.executable, bare, "--version"))
    return [("maturity --version, against a bare Typer program with one command", measured, 2.5)]
