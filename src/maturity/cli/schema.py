"""`maturity schema`: what files look like, for editors and other programs."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from typing import Annotated

import typer

from maturity.cli import options
from maturity.cli.errors import ExitCode, command


class Kind(StrEnum):
    """The kinds of file."""

    questionnaire = "questionnaire"
    rubric = "rubric"
    migration = "migration"
    judgements = "judgements"
    assessment = "assessment"
    mapping = "mapping"
    scorecard = "scorecard"
    benchmark = "benchmark"


@command
def schema(
    kind: Annotated[Kind, typer.Argument(metavar="KIND", help="Which kind of file.")],
    lang: options.Language = options.Lang.en,
) -> int:
    """Print the JSON Schema (2020-12) of a kind of file; YAML editors can use it to complete and check.

    Examples:

        maturity schema rubric > rubric.schema.json
        maturity schema rubric --lang cy > rubric.cy.schema.json
    """
    from maturity.locale.formats import schema_in

    json.dump(schema_in(kind.value, options.language(lang)), sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")
    return ExitCode.DONE
