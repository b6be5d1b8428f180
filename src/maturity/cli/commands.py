"""All commands, in the order in which `maturity --help` shows them."""

from __future__ import annotations

import typer

from maturity.cli.assess import assess
from maturity.cli.benchmark import benchmark
from maturity.cli.demo import demo
from maturity.cli.diff import diff
from maturity.cli.explain import explain
from maturity.cli.findings import findings
from maturity.cli.lock import lock
from maturity.cli.mapping import mapping
from maturity.cli.merge import merge
from maturity.cli.migrate import migrate
from maturity.cli.schema import schema
from maturity.cli.score import score
from maturity.cli.shelf import list_bundled, show
from maturity.cli.template import template
from maturity.cli.validate import validate


def add_to(app: typer.Typer) -> None:
    """Registers every command."""
    app.command()(demo)
    app.command()(assess)
    app.command()(template)
    app.command()(merge)
    app.command()(score)
    app.command()(mapping)
    app.command()(explain)
    app.command()(benchmark)
    app.command()(findings)
    app.command()(validate)
    app.command()(diff)
    app.command()(lock)
    app.command()(migrate)
    app.command("list")(list_bundled)
    app.command()(show)
    app.command()(schema)
