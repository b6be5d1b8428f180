"""All commands, in the order in which `maturity --help` shows them."""

from __future__ import annotations

import typer

from maturity.cli.assess import assess


def add_to(app: typer.Typer) -> None:
    """Registers every command."""
    app.command()(assess)
