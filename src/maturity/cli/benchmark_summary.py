"""The option of `maturity benchmark` that writes one council's two pages for a committee."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from maturity.cli import options
from maturity.cli.errors import WrongOption
from maturity.models.problem import Kind, MaturityError, Phrase, Place, Problem

if TYPE_CHECKING:
    from maturity.cli.comparing import Compared
    from maturity.models.benchmark import Benchmark
    from maturity.models.text import Language
    from maturity.reports.theme import Theme

NOTHING_TO_SUMMARISE = Kind(
    "R320",
    "error",
    "{council} submitted no answers for {period}: there is nothing to summarise.",
    "Name one that did after --for, or read its answers too.",
)
Summary = Annotated[
    Path | None,
    typer.Option(
        "--summary",
        metavar="FILE",
        help="Write the two pages for a committee here, of the council of --for, as a page to print.",
        show_default=False,
        readable=False,
    ),
]


def check_summary(path: Path | None, own: str | None) -> None:
    """Raises WrongOption where it is not said whose summary."""
    if path and own is None:
        raise WrongOption(Phrase("The summary is of one council: name it with --for."), "--summary")


def write_summary(
    path: Path, made: Compared, compared: Benchmark, own: str, language: Language, theme: Theme | None
) -> None:
    """Writes it from what that council may see, whatever else is shown: papers of a committee are public.

    Raises MaturityError where the council did not submit.
    """
    from maturity.benchmark.disclosure import disclose
    from maturity.reports.summary import council_summary
    from maturity.sources.files import write_atomically

    found = made.answers.get(own)
    if found is None:
        place = made.register.by_code.get(own)
        details = {"council": place.name if place else own, "period": compared.period}
        raise MaturityError(Problem(NOTHING_TO_SUMMARISE, Place(str(path)), details))
    seen = disclose(compared, "own", own) if compared.named else compared
    day = options.made_on()
    page = council_summary(made.scorer, seen, own, language, assessment=found[0], made_on=day, theme=theme)
    write_atomically(path, page)
