"""Draws a benchmark, and one council's part of it, each as one self-contained page."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import quote

from maturity.benchmark.statistics import LEAST_FOR_MEDIAN
from maturity.locale.one_language import only_in
from maturity.locale.words import Words
from maturity.models.assessment import Assessment
from maturity.models.benchmark import Benchmark
from maturity.models.direction import isolated as isolated_text
from maturity.models.questionnaire import Questionnaire
from maturity.models.text import Language
from maturity.reports.answers_view import answers_link, sections
from maturity.reports.benchmark_view import BenchmarkView
from maturity.reports.change_view import changes_of, sorted_differences, summary_of_change
from maturity.reports.council_view import CouncilView
from maturity.reports.figures import short_name, tiles
from maturity.reports.headline import headline, title_words
from maturity.reports.other_language import marked, said_in_the_other
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
    from types import CodeType

    from jinja2 import BytecodeCache, Environment
    from jinja2.bccache import Bucket

    from maturity.reports.theme import Theme


class Drawn(Protocol):
    """What a page is of."""

    @property
    def questionnaire(self) -> Questionnaire: ...


def benchmark_page(
    scorer: Scorer,
    benchmark: Benchmark,
    language: Language,
    *,
    made_on: dt.date,
    council: str | None = None,
    links: Mapping[str, str] | None = None,
    theme: Theme | None = None,
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
        theme=theme,
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
        answers_file=file_name(say.words("benchmark"), benchmark.period, say.words("answers")),
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
    theme: Theme | None = None,
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
        theme=theme,
        say=say,
        view=view,
        benchmark=benchmark,
        scorer=scorer,
        made_on=made_on,
        home=home,
        newest=newest,
        draft=assessment.status == "draft",
        answers=Answers(say, view.card, assessment),
        chosen={one.question.id: one for section in sections(say, benchmark) for one in section.questions},
        own=OwnParts(BenchmarkView(say, benchmark, code), named=False),
    )


def render(
    template: str, language: Language, *, scorer: Drawn, theme: Theme | None = None, **context: object
) -> str:
    """A page of a template, with what every page needs; of a theme's templates where there is one.

    Raises MaturityError where one of the theme's cannot be drawn.
    """
    only = only_in(scorer.questionnaire, Words(language))
    context |= {"only": only, "scorer": scorer}
    if theme is not None:
        from maturity.reports.themed import render_themed

        page = render_themed(theme, template, language, shared(language, theme), context)
    else:
        page = _environment(language).get_template(template).render(language=language, **context)
    if not only:
        return page
    models = [scorer.questionnaire, *([scorer.rubric] if isinstance(scorer, Scorer) else [])]
    other: Language = "en" if language == "cy" else "cy"
    return marked(page, said_in_the_other(models, language), other)


@cache
def _environment(language: Language) -> Environment:
    """Templates are trusted less than code: sandboxed, escaping everything, refusing what is undefined."""
    from jinja2 import FileSystemLoader
    from jinja2.sandbox import SandboxedEnvironment

    environment = SandboxedEnvironment(
        loader=FileSystemLoader(bundled("templates")),
        finalize=isolated,
        bytecode_cache=_compiled(),
        **jinja_options(),
    )
    environment.globals.update(shared(language))
    return environment


@cache
def _compiled() -> BytecodeCache:
    """Templates as Python, once for both languages: compiling them takes longer than drawing a page."""
    from jinja2 import BytecodeCache

    class InMemory(BytecodeCache):
        def __init__(self) -> None:
            self.known: dict[tuple[str, str], CodeType] = {}

        def load_bytecode(self, bucket: Bucket) -> None:
            bucket.code = self.known.get((bucket.key, bucket.checksum))

        def dump_bytecode(self, bucket: Bucket) -> None:
            if bucket.code is not None:
                self.known[bucket.key, bucket.checksum] = bucket.code

    return InMemory()


def jinja_options() -> dict[str, Any]:
    """How every template is read, ours or a theme's."""
    from jinja2 import StrictUndefined

    return {
        "autoescape": True,
        "undefined": StrictUndefined,
        "trim_blocks": True,
        "lstrip_blocks": True,
        "keep_trailing_newline": True,
    }


def shared(language: Language, theme: Theme | None = None) -> dict[str, Any]:
    """What every template can name: words, style and script, and the policy that lets in nothing else."""
    from markupsafe import Markup

    folder, words = bundled("templates"), Words(language)
    style = (folder / "style.css").read_text(encoding="utf-8") + (theme.style if theme else "")
    script = (folder / "tables.js").read_text(encoding="utf-8")
    policy = (
        f"default-src 'none'; style-src '{source_hash(style)}'; script-src '{source_hash(script)}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    return {
        "_": words,
        "address": address,
        "short_name": short_name,
        "ngettext": words.count,
        "exact": exact,
        "least": LEAST_FOR_MEDIAN,
        "suppressed_said": suppressed_said,
        "limit_said": limit_said,
        "rules_said": rules_said,
        "style": Markup(style),
        "script": Markup(script),
        "policy": Markup(policy),
        "logo": theme.logo if theme else None,
        "extras": theme.extras if theme else no_extras,
    }


def no_extras(_page: str) -> tuple[str, ...]:
    """Sections of others' that a page has: none."""
    return ()


def isolated(value: object) -> object:
    """Keeps a name from turning the text beside it."""
    return isolated_text(value) if type(value) is str else value


def address(text: str) -> str:
    """A link's address in letters that have no direction and no other meaning there."""
    return quote(text, safe="!#$%&'()*+,/:;=?@[]~")


def source_hash(block: str) -> str:
    """How a Content-Security-Policy names an inline block: its SHA-256."""
    return "sha256-" + base64.b64encode(hashlib.sha256(block.encode("utf-8")).digest()).decode()
