"""Every council's own report, in which nobody else is named, and the list of them for whoever sends them out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from maturity.benchmark.disclosure import disclose
from maturity.models.assessment import Assessment
from maturity.models.benchmark import Benchmark
from maturity.models.register import Organisation, slug, sort_key
from maturity.models.text import Language
from maturity.reports.html import council_page, render
from maturity.reports.speech import Speech
from maturity.reports.workbook import benchmark_workbook
from maturity.scoring.score import Scorer

INDEX = "index.html"

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


def pack_jobs(
    scorer: Scorer,
    benchmark: Benchmark,
    assessments: Mapping[str, Assessment],
    languages: Sequence[Language],
    *,
    made_on: dt.date,
) -> Iterator[PackJob]:
    """A job for each council that submitted, in the register's order; `assessments` are by council's code, and the
    benchmark is a named one."""
    for member in benchmark.submitted:
        code = member.organisation.code
        seen = disclose(benchmark, "own", code)
        yield PackJob(scorer, seen, member.organisation, assessments[code], tuple(languages), made_on)


def pack_council(job: PackJob) -> dict[str, str | bytes]:
    """One council's reports: path below the pack's folder → page or workbook, one of each in every language."""
    code, found = job.organisation.code, dict[str, str | bytes]()
    for language in job.languages:
        page, workbook = paths_of(job.organisation, job.benchmark.period, language)
        found[page] = council_page(
            job.scorer, job.benchmark, code, language, assessment=job.assessment, made_on=job.made_on
        )
        found[workbook] = benchmark_workbook(
            job.scorer, job.benchmark, language, made_on=job.made_on, council=code
        )
    return found


def paths_of(organisation: Organisation, period: str, language: Language) -> tuple[str, str]:
    """Where a council's page and workbook of a language lie: ``ynys-mon/ynys-mon-2026-cy.html``.

    A name without letters, or with more than a file's name holds, gives way to the code.
    """
    name = slug(organisation.name.to("en"))
    if not 0 < len(name.encode()) <= LONGEST_NAME:
        name = slug(organisation.code)
    start = f"{name}/{name}-{slug(period)}-{language}"
    return f"{start}.html", f"{start}.xlsx"


def pack_index(
    scorer: Scorer,
    benchmark: Benchmark,
    languages: Sequence[Language],
    *,
    made_on: dt.date,
) -> str:
    """The page that lists the councils with their reports, in the first of the languages. It names them and tells no
    score; it is for whoever sends the reports out."""
    language = languages[0]
    say = Speech(scorer, language, benchmark)
    members = sorted(benchmark.members, key=lambda m: sort_key(m.organisation.name.to(language), language))
    rows = [
        (
            say.to(m.organisation.name),
            m.organisation.code in benchmark.drafts,
            [(one, *paths_of(m.organisation, benchmark.period, one)) for one in languages]
            if m.scorecard
            else [],
        )
        for m in members
    ]
    return render(
        "pack.html.j2", language, say=say, benchmark=benchmark, scorer=scorer, made_on=made_on, rows=rows
    )
