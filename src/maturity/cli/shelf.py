"""`maturity list` and `maturity show`: what is bundled, and what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from maturity.cli import options
from maturity.cli.errors import ExitCode, command
from maturity.cli.safe import folded
from maturity.locale.words import N_
from maturity.models.problem import Kind, MaturityError, Place, Problem

if TYPE_CHECKING:
    from rich.console import Console

    from maturity.locale.words import Words
    from maturity.models.questionnaire import NumberQuestion, Question, Questionnaire

NOTHING_CALLED = Kind(
    "G026",
    "error",
    "There is nothing called '{wanted}' here.",
    "Did you mean '{close}'? 'maturity list' shows what there is.",
)

TYPES = {
    "level": N_("levels"),
    "yes_no": N_("yes or no"),
    "several": N_("several"),
    "number": N_("a number"),
    "text": N_("text"),
}


@command
def list_bundled(lang: options.Language = options.Lang.en) -> int:
    """List the bundled questionnaires, rubrics and registers.

    Examples:

        maturity list
    """
    from maturity.cli.blocks import draw_words, words_under
    from maturity.cli.terminal import console
    from maturity.locale.words import Words
    from maturity.sources.registers import wales
    from maturity.sources.shelf import on_shelf, open_questionnaire, open_rubric

    language = options.language(lang)
    words = Words(language)
    rows = []
    for entry in on_shelf("questionnaire"):
        title = open_questionnaire(str(entry))[0].title.to(language)
        rows.append((words("questionnaire"), entry.id, entry.version, title))
    for entry in on_shelf("rubric"):
        rows.append((words("rubric"), entry.id, entry.version, open_rubric(str(entry))[0].title.to(language)))
    count = len(wales().organisations)
    rows.append((words("register"), wales().id, "", words("{n} councils of Wales", n=count)))
    headings = (words("What"), words("Id"), words("Version"), words("Title"))
    draw_words(console(), words_under(headings, rows), key=3)
    return ExitCode.DONE


@command
def show(
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME", help="A questionnaire's or rubric's ID, ID@VERSION or file, or a register's ID."
        ),
    ],
    rubric: Annotated[
        bool, typer.Option("--rubric", help="Show the rubric of that name, not the questionnaire.")
    ] = False,
    plan: Annotated[
        bool, typer.Option("--plan", help="Show the compiled plan: every step in the order in which it runs.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="With --plan: as data.")] = False,
    questionnaire: options.QuestionnaireName = None,
    lang: options.Language = options.Lang.en,
) -> int:
    """Show a questionnaire with its options, a rubric with its values, or the councils of a register.

    Examples:

        maturity show socitm

        maturity show socitm --rubric

        maturity show my-rubric.yaml --plan -q my-questionnaire.yaml

        maturity show wales --lang cy
    """
    from maturity.cli.terminal import console
    from maturity.locale.words import Words
    from maturity.sources.registers import wales

    words, out = Words(options.language(lang)), console()
    if as_json and not plan:
        raise typer.BadParameter(words("This goes with --plan."), param_hint="--json")
    if name == wales().id:
        _register(out, words)
    elif plan:
        _plan(out, name, questionnaire, words, as_json=as_json)
    else:
        _content(out, name, words, rubric=rubric)
    return ExitCode.DONE


def _content(out: Console, name: str, words: Words, *, rubric: bool) -> None:
    """A rubric where one was asked for or only a rubric has that name, else a questionnaire. Raises MaturityError."""
    from maturity.cli.rubric_view import show_rubric
    from maturity.sources.shelf import open_questionnaire, open_rubric

    try:
        if rubric or _is_rubric(name):
            show_rubric(out, open_rubric(name)[0], words)
        else:
            _questionnaire(out, open_questionnaire(name)[0], words)
    except MaturityError as error:
        raise _perhaps(name, error) from None


def _is_rubric(name: str) -> bool:
    """Whether this names a rubric and no questionnaire, or is a file with a rubric in it."""
    from pathlib import Path

    from maturity.models.rubric import RUBRIC_FORMAT
    from maturity.sources.load import load
    from maturity.sources.shelf import on_shelf

    kinds = [k for k in ("questionnaire", "rubric") if any(name in (e.id, str(e)) for e in on_shelf(k))]
    if kinds or not Path(name).is_file():
        return kinds == ["rubric"]
    data = load(Path(name)).document.data
    return isinstance(data, dict) and data.get("format") == RUBRIC_FORMAT


def _perhaps(name: str, error: MaturityError) -> MaturityError:
    """The error, or, where nothing has that name and something nearly has, what was perhaps meant."""
    from difflib import get_close_matches

    from maturity.sources.registers import wales
    from maturity.sources.shelf import NO_QUESTIONNAIRE, NO_RUBRIC, on_shelf

    bundled = [*on_shelf("questionnaire"), *on_shelf("rubric")]
    close = get_close_matches(name, [*(e.id for e in bundled), *map(str, bundled), wales().id], n=1)
    if not close or error.problems[0].kind not in (NO_QUESTIONNAIRE, NO_RUBRIC):
        return error
    return MaturityError(Problem(NOTHING_CALLED, Place(name), {"wanted": name, "close": close[0]}))


def _plan(out: Console, name: str, questionnaire: str | None, words: Words, *, as_json: bool) -> None:
    import json
    import sys

    from maturity.intake.scored import scorer_of
    from maturity.scoring.describe import plan_data, plan_lines

    try:
        plan = scorer_of(name, questionnaire).plan
    except MaturityError as error:
        raise _perhaps(name, error) from None
    if as_json:
        json.dump(plan_data(plan), sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
        return
    for line in plan_lines(plan, words):
        out.print(line, soft_wrap=True)


def _register(out: Console, words: Words) -> None:
    from maturity.cli.blocks import draw_words, words_under
    from maturity.models.register import sort_key
    from maturity.models.text import Text
    from maturity.sources.registers import wales

    language = words.language
    rows = []
    for one in sorted(wales().organisations, key=lambda o: sort_key(o.name.to(language), language)):
        rurality = one.further["rurality"]
        assert isinstance(rurality, Text)
        residents = f"{one.population:,}"
        rows.append(
            (one.code, one.name.to(language), one.region.to(language), residents, rurality.to(language))
        )
    headings = (
        words("Code"),
        words("Council"),
        words("Region"),
        words("Residents (2021)"),
        words("Rurality"),
    )
    draw_words(out, words_under(headings, rows), key=2)


def _questionnaire(out: Console, questionnaire: Questionnaire, words: Words) -> None:
    from maturity.locale.one_language import only_in

    language = words.language
    out.print(
        f"{questionnaire.title.to(language)} ({questionnaire.id}@{questionnaire.version})", style="bold"
    )
    if only := only_in(questionnaire, words):
        out.print(only)
    if questionnaire.description:
        out.print(questionnaire.description.to(language))
    for dimension in questionnaire.dimensions:
        out.print(f"\n{dimension.name.to(language)}", style="bold underline")
        for theme in dimension.themes:
            out.print(f"\n  {theme.name.to(language)}", style="bold")
            for question in theme.questions:
                _question(out, question, words)


def _question(out: Console, question: Question, words: Words) -> None:
    from maturity.scoring.describe import say

    language = words.language
    out.print()
    _line(out, f"  {question.text.to(language)}")
    _line(out, f"  {question.id} ({words(TYPES[question.type])})", "dim")
    if question.asked_when is not None:
        asked = words("asked when {condition}", condition=say(question.asked_when, words))
        _line(out, f"    {asked}", "dim")
    if question.type == "number":
        _line(out, f"    {_number(question, words)}")
    for option in question.choices:
        _line(out, f"    {option.id}: {option.text.to(language)}")


def _line(out: Console, said: str, style: str = "") -> None:
    """A paragraph, indented where it is broken too; whole in a pipe."""
    from maturity.cli.terminal import room

    for line in folded(said, room(out), "  "):
        out.print(line, style=style, soft_wrap=True)


def _number(question: NumberQuestion, words: Words) -> str:
    """'%, from 0 to 100': its unit and bounds."""
    number = question.number
    said = [number.unit.to(words.language)]
    if number.min is not None:
        said.append(words("from {least}", least=f"{number.min:g}"))
    if number.max is not None:
        said.append(words("to {most}", most=f"{number.max:g}"))
    if number.decimals:
        said.append(words.count("{n} decimal", "{n} decimals", number.decimals))
    return ", ".join(said)
