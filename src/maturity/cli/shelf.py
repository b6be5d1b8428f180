"""`maturity list` and `maturity show`: what is bundled, and what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from maturity.cli import options
from maturity.cli.errors import ExitCode, command

if TYPE_CHECKING:
    from rich.console import Console

    from maturity.models.questionnaire import Questionnaire
    from maturity.models.rubric import Rubric


@command
def list_bundled(lang: options.Language = options.Lang.en) -> int:
    """List the bundled questionnaires, rubrics and registers.

    Examples:

        maturity list
    """
    from maturity.cli.terminal import console, plain_table
    from maturity.locale.words import Words
    from maturity.sources.registers import wales
    from maturity.sources.shelf import on_shelf, open_questionnaire, open_rubric

    language = options.language(lang)
    words = Words(language)
    table = plain_table(words("What"), words("Id"), words("Version"), words("Title"))
    for entry in on_shelf("questionnaire"):
        title = open_questionnaire(str(entry))[0].title.to(language)
        table.add_row(words("questionnaire"), entry.id, entry.version, title)
    for entry in on_shelf("rubric"):
        table.add_row(words("rubric"), entry.id, entry.version, open_rubric(str(entry))[0].title.to(language))
    count = len(wales().organisations)
    table.add_row(words("register"), wales().id, "", words("{n} councils of Wales", n=count))
    console().print(table)
    return ExitCode.DONE


@command
def show(
    name: Annotated[
        str, typer.Argument(help="A questionnaire's or rubric's ID, ID@VERSION or file, or a register's ID.")
    ],
    rubric: Annotated[
        bool, typer.Option("--rubric", help="Show the rubric of that name, not the questionnaire.")
    ] = False,
    plan: Annotated[
        bool, typer.Option("--plan", help="Show the compiled plan: every step in the order in which it runs.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="With --plan: as data.")] = False,
    lang: options.Language = options.Lang.en,
) -> int:
    """Show a questionnaire with its options, a rubric with its values, or the councils of a register.

    Examples:

        maturity show socitm

        maturity show socitm --rubric

        maturity show socitm --plan

        maturity show wales --lang cy
    """
    from maturity.cli.terminal import console
    from maturity.sources.registers import wales
    from maturity.sources.shelf import open_questionnaire, open_rubric

    language, out = options.language(lang), console()
    if name == wales().id:
        _register(out, language)
    elif plan:
        _plan(out, name, as_json=as_json)
    elif rubric:
        _rubric(out, open_rubric(name)[0], language)
    else:
        _questionnaire(out, open_questionnaire(name)[0], language)
    return ExitCode.DONE


def _plan(out: Console, name: str, *, as_json: bool) -> None:
    import json
    import sys

    from maturity.intake.scored import scorer_of
    from maturity.scoring.describe import plan_data, plan_lines

    plan = scorer_of(name).plan
    if as_json:
        json.dump(plan_data(plan), sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
        return
    for line in plan_lines(plan):
        out.print(line, soft_wrap=True)


def _register(out: Console, language: options.LanguageCode) -> None:
    from maturity.cli.terminal import plain_table
    from maturity.locale.words import Words
    from maturity.models.register import sort_key
    from maturity.sources.registers import wales

    words = Words(language)
    table = plain_table(words("Code"), words("Council"), words("Region"), words("Residents (2021)"))
    for one in sorted(wales().organisations, key=lambda o: sort_key(o.name.to(language), language)):
        table.add_row(one.code, one.name.to(language), one.region.to(language), f"{one.population:,}")
    out.print(table)


def _questionnaire(out: Console, questionnaire: Questionnaire, language: options.LanguageCode) -> None:
    out.print(
        f"{questionnaire.title.to(language)} ({questionnaire.id}@{questionnaire.version})", style="bold"
    )
    if questionnaire.description:
        out.print(questionnaire.description.to(language))
    for dimension in questionnaire.dimensions:
        out.print(f"\n{dimension.name.to(language)}", style="bold underline")
        for theme in dimension.themes:
            out.print(f"\n  {theme.name.to(language)}", style="bold")
            for question in theme.questions:
                out.print(f"\n  {question.text.to(language)}", soft_wrap=True)
                out.print(f"  {question.id} ({question.type})", style="dim")
                for option in question.choices:
                    out.print(f"    {option.id}: {option.text.to(language)}", soft_wrap=True)


def _rubric(out: Console, rubric: Rubric, language: options.LanguageCode) -> None:
    from maturity.cli.terminal import plain_table
    from maturity.locale.words import Words
    from maturity.scoring.compile import scale_of

    words = Words(language)
    out.print(f"{rubric.title.to(language)} ({rubric.id}@{rubric.version})", style="bold")
    if rubric.notes:
        out.print(rubric.notes.to(language))
    items = plain_table(words("Item"), words("Weight"), words("Values"))
    for name, item in rubric.items.items():
        values = [
            f"{option} {value:g}" for option, value in (item.per_choice or scale_of(rubric, item)).items()
        ]
        values += [
            words("from {start}: {value}", start=f"{b.from_:g}", value=f"{b.value:g}")
            for b in item.bands or ()
        ]
        items.add_row(name, f"{item.weight:g}", ", ".join(values))
    out.print(items)
    measures = plain_table(words("Measure"), words("Of"), words("By"), words("Reduce"))
    for name, measure in rubric.measures.items():
        measures.add_row(name, measure.of, ", ".join(measure.by), measure.reduce)
    out.print(measures)
    for bands in rubric.bands.values():
        table = plain_table(words("From"), words("Level"), words("Description"))
        for band in bands:
            description = band.description.to(language) if band.description else ""
            table.add_row(f"{band.from_:g}", band.name.to(language), description)
        out.print(table)
    for limit in rubric.limits:
        out.print(f"{limit.id}: {limit.because.to(language)}")
