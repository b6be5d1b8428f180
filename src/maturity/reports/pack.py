"""Every council's own report, in which nobody else is named, and the list of them for whoever sends them out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from maturity.benchmark.disclosure import disclose
from maturity.locale.words import Words
from maturity.models.assessment import Assessment
from maturity.models.benchmark import Benchmark
from maturity.models.register import Organisation, slug, sort_key
from maturity.models.text import Language
from maturity.reports.html import council_page, render
from maturity.reports.speech import Speech
from maturity.reports.summary import council_summary
from maturity.reports.workbook import benchmark_workbook
from maturity.scoring.score import Scorer

if TYPE_CHECKING:
    from maturity.reports.theme import Theme

INDEX = "index.html"
Files = dict[str, str | bytes]
"""A file's path below the pack's folder → its page or workbook."""

LONGEST_NAME = 100
"""Bytes of a council's name that a folder and its files are called by; file systems hold 255 in all."""


@dataclass(frozen=True, slots=True)
class PackJob:
    """What one council's reports are made of: the benchmark as that council may see it, and its own answers.

    It holds nothing of others and can be sent to another process.
    """

    scorer: Scorer
    benchmark: Benchmark
    organisation: Organisation
    assessment: Assessment
    languages: tuple[Language, ...]
    made_on: dt.date
    theme: Theme | None = None


@dataclass(frozen=True, slots=True)
class Pack:
    """What all councils' reports are made of; `assessments` are by council's code, and the benchmark is a named one."""

    scorer: Scorer
    benchmark: Benchmark
    assessments: Mapping[str, Assessment]
    languages: tuple[Language, ...]
    made_on: dt.date
    theme: Theme | None = None

    @property
    def codes(self) -> tuple[str, ...]:
        """Of the councils that submitted, in the register's order."""
        return tuple(member.organisation.code for member in self.benchmark.submitted)

    def job(self, code: str) -> PackJob:
        """What one council's reports are made of. Raises KeyError for one that did not submit."""
        seen = disclose(self.benchmark, "own", code)
        organisation = next(m.organisation for m in seen.members if m.organisation.code == code)
        answers = self.assessments[code]
        return PackJob(self.scorer, seen, organisation, answers, self.languages, self.made_on, self.theme)


def pack_council(job: PackJob) -> Files:
    """One council's reports: path below the pack's folder → page, workbook or summary, one of each in every language."""
    code, found = job.organisation.code, Files()
    for language in job.languages:
        page, workbook, summary = paths_of(job.organisation, job.benchmark.period, language, job.languages[0])
        found[page] = council_page(
            job.scorer,
            job.benchmark,
            code,
            language,
            assessment=job.assessment,
            made_on=job.made_on,
            theme=job.theme,
        )
        found[workbook] = benchmark_workbook(
            job.scorer, job.benchmark, language, made_on=job.made_on, council=code
        )
        found[summary] = council_summary(
            job.scorer,
            job.benchmark,
            code,
            language,
            assessment=job.assessment,
            made_on=job.made_on,
            theme=job.theme,
        )
    return found


def paths_of(
    organisation: Organisation, period: str, language: Language, named: Language = "en"
) -> tuple[str, str, str]:
    """Where a council's page, workbook and summary of a language lie: ``ynys-mon/ynys-mon-2026-cy.html`` where the folder
    is named in Welsh.

    A name without letters, or with more than a file's name holds, gives way to the code.
    """
    name = slug(organisation.name.to(named))
    if not 0 < len(name.encode()) <= LONGEST_NAME:
        name = slug(organisation.code)
    start, end = f"{name}/{name}-{slug(period)}", language
    summary = slug(Words(language)("summary"))
    return f"{start}-{end}.html", f"{start}-{end}.xlsx", f"{start}-{summary}-{end}.html"


def index_path(language: Language, languages: Sequence[Language]) -> str:
    """Where the list in a language lies; in the first of the languages it is index.html."""
    return INDEX if language == languages[0] else f"index-{language}.html"


def pack_index(pack: Pack, language: Language, made: Collection[str] | None = None) -> str:
    """The page that lists the councils with their reports. It names them and tells no score; it is for whoever sends the
    reports out. `made` are the codes of those whose reports are there, if not all are."""
    benchmark = pack.benchmark
    say = Speech(pack.scorer, language, benchmark)
    members = sorted(benchmark.members, key=lambda m: sort_key(m.organisation.name.to(language), language))
    rows = [
        (
            say.to(m.organisation.name),
            say.words("not submitted")
            if m.scorecard is None
            else say.words("draft")
            if m.organisation.code in benchmark.drafts
            else say.words("submitted"),
            [
                (one, *paths_of(m.organisation, benchmark.period, one, pack.languages[0]))
                for one in pack.languages
            ]
            if m.scorecard and (made is None or m.organisation.code in made)
            else [],
        )
        for m in members
    ]
    return render(
        "pack.html.j2",
        language,
        say=say,
        benchmark=benchmark,
        scorer=pack.scorer,
        made_on=pack.made_on,
        rows=rows,
        others=[(one, index_path(one, pack.languages)) for one in pack.languages if one != language],
        theme=pack.theme,
    )
