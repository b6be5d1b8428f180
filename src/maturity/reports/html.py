"""Draws a benchmark, and one council's part of it, each as one self-contained page."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import quote

from maturity.benchmark.statistics import LEAST_FOR_MEDIAN
from maturity.locale.words import Words
from maturity.models.assessment import Assessment
from maturity.models.benchmark import Benchmark
from maturity.models.direction import isolated
from maturity.models.text import Language
from maturity.reports.answers_view import answers_link, sections
from maturity.reports.benchmark_view import BenchmarkView
from maturity.reports.change_view import changes_of, sorted_differences, summary_of_change
from maturity.reports.council_view import CouncilView
from maturity.reports.figures import short_name, tiles
from maturity.reports.headline import headline, title_words
from maturity.reports.own_answers import Answers
from maturity.reports.own_view import OwnParts
from maturity.reports.parts_view import Parts
from maturity.reports.said import limit_said, rules_said, suppressed_said
from maturity.reports.speech import Speech, exact
from maturity.reports.tables import file_name
from maturity.reports.verdict_view import verdict_table
from maturity.scoring.score import Scorer
from maturity.sources.bundled import bundled

if TYPE_CHECKING:
    from jinja2 import Environment


def benchmark_page(
    scorer: Scorer,
    benchmark: Benchmark,
    language: Language,
    *,
    made_on: dt.date,
    council: str | None = None,
    links: Mapping[str, str] | None = None,
) -> str:
    """The page that compares all organisations. Raises KeyError for a strange code.

    `council` is the code of one to mark; `links` are relative addresses of councils' own pages, by their codes.
    """
    say = Speech(scorer, language, benchmark)
    view = BenchmarkView(say, benchmark, council, links)
    found = sections(say, benchmark)
    return render(
        "benchmark.html.j2",
        language,
        say=say,
        view=view,
        benchmark=benchmark,
        scorer=scorer,
        made_on=made_on,
        title_words=title_words,
        verdict_table=verdict_table,
        headline=headline(say, benchmark, view.parts),
        tiles=tiles([m.organisation for m in benchmark.members]),
        sections=found,
        answers_link=answers_link(say, found),
        answers_file=file_name("benchmark", benchmark.period, "answers"),
        summary_of_change=summary_of_change,
        changes_of=changes_of,
        sorted_differences=sorted_differences,
        more=Parts(view),
    )


def council_page(
    scorer: Scorer,
    benchmark: Benchmark,
    code: str,
    language: Language,
    *,
    assessment: Assessment,
    made_on: dt.date,
    home: str | None = None,
    newest: str | None = None,
) -> str:
    """One organisation's own page beside unnamed peers. Raises KeyError for one that did not submit.

    `home` is the relative address of the benchmark's page. `newest` is the newest period that there is: a page of
    an earlier one says so.
    """
    say = Speech(scorer, language, benchmark)
    view = CouncilView(say, benchmark, code)
    return render(
        "council.html.j2",
        language,
        say=say,
        view=view,
        benchmark=benchmark,
        scorer=scorer,
        made_on=made_on,
        home=home,
        newest=newest,
        draft=assessment.status == "draft",
        answers=Answers(say, view.card, assessment),
        own=OwnParts(BenchmarkView(say, benchmark, code), named=False),
    )


def render(template: str, language: Language, **context: object) -> str:
    """A page of a template, with what every page needs."""
    return _environment(language).get_template(template).render(language=language, **context)


@cache
def _environment(language: Language) -> Environment:
    """Templates are trusted less than code: sandboxed, escaping everything, refusing what is undefined."""
    from jinja2 import FileSystemLoader, StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment
    from markupsafe import Markup

    folder = bundled("templates")
    environment = SandboxedEnvironment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_isolated,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    words = Words(language)
    style = (folder / "style.css").read_text(encoding="utf-8")
    script = (folder / "tables.js").read_text(encoding="utf-8")
    environment.globals.update(
        _=words,
        address=address,
        short_name=short_name,
        ngettext=words.count,
        exact=exact,
        least=LEAST_FOR_MEDIAN,
        suppressed_said=suppressed_said,
        limit_said=limit_said,
        rules_said=rules_said,
        style=Markup(style),
        style_hash=source_hash(style),
        script=Markup(script),
        script_hash=source_hash(script),
    )
    return environment


def _isolated(value: object) -> object:
    """Keeps a name from turning the text beside it."""
    return isolated(value) if type(value) is str else value


def address(text: str) -> str:
    """A link's address in letters that have no direction and no other meaning there."""
    return quote(text, safe="!#$%&'()*+,/:;=?@[]~")


def source_hash(block: str) -> str:
    """How a Content-Security-Policy names an inline block: its SHA-256."""
    return "sha256-" + base64.b64encode(hashlib.sha256(block.encode("utf-8")).digest()).decode()
