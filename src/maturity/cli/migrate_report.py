"""What became of every answer, for people and as JSON."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from maturity.cli.errors import say
from maturity.cli.safe import folded, printable
from maturity.locale.words import N_, Words
from maturity.models.problem import Said, in_language
from maturity.sources.yaml_reader import short

if TYPE_CHECKING:
    from maturity.cli.migrate import Done
    from maturity.models.assessment import Answer
    from maturity.models.questionnaire import Questionnaire
    from maturity.versions.migrate import Fate, Migrated, Waiting
    from maturity.versions.route import Journey, Step

FORMAT = "maturity-migrated/1"
TROUBLES = {
    "new": N_("it was not asked before"),
    "dropped": N_("it is not asked there"),
    "choose": N_("a person must choose"),
    "differ": N_("the answers that were merged differ"),
    "no_rule": N_("no rule of the migration says what it becomes"),
    "misfit": N_("it does not fit there"),
    "no_way_back": N_("it does not lead back"),
    "taken": N_("another answer took its place"),
    "unknown": N_("it is not one of the questionnaire's questions"),
}
HEADINGS = {
    "aside": N_("Kept aside under the old id"),
    "transformed": N_("Transformed"),
    "renamed": N_("Renamed"),
    "carried": N_("Carried as they are"),
}


def as_json(done: Sequence[Done], left_aside: Sequence[Path], words: Words) -> None:
    """The whole report: ids and versions as they stand in the files, sentences in the language that it names."""
    report = {
        "format": FORMAT,
        "language": words.language,
        "files": [_file(one, words) for one in done],
        "left_aside": [str(path) for path in left_aside],
    }
    json.dump(report, sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")


def _file(one: Done, words: Words) -> dict[str, object]:
    journey, problems = one.file.journey, (*one.file.problems, *one.problems)
    return {
        "file": str(one.file.path),
        "from": one.file.start or None,
        "to": journey.assessment.questionnaire.version if journey else None,
        "written": str(one.target) if one.target else None,
        "status": journey.assessment.status if journey else None,
        "waiting": [_plain_waiting(w, words) for w in journey.waiting] if journey else [],
        "steps": [_step(step, migrated, words) for step, migrated in journey.steps] if journey else [],
        "problems": [
            {
                "code": p.kind.code,
                "place": str(p.place),
                "message": p.message(words),
                "remedy": p.remedy(words),
            }
            for p in problems
        ],
    }


def _plain_waiting(one: Waiting, words: Words) -> dict[str, object]:
    return {
        "question": one.question,
        "why": one.why,
        "of": list(one.of),
        "candidates": list(one.candidates),
        "told": _told(one.told, words),
        "note": dict(one.note.root) if one.note else None,
    }


def _step(step: Step, migrated: Migrated, words: Words) -> dict[str, object]:
    start, end = step.versions
    fates = [
        {
            "question": fate.question,
            "answer": _plain_answer(fate.answer),
            "fate": fate.how,
            "to": {q: _plain_answer(now) for q, now in zip(fate.to, fate.now, strict=True)},
            "kept_aside": fate.kept,
            "why": fate.trouble,
            "told": _told(fate.told, words),
            "note": dict(fate.why.root) if fate.why else None,
        }
        for fate in migrated.fates
    ]
    return {"from": start, "to": end, "fates": fates, "restored": list(migrated.restored)}


def _told(told: Said, words: Words) -> str | None:
    return str(in_language(told, words)) or None


def _plain_answer(answer: Answer) -> dict[str, object]:
    return answer.model_dump(mode="json", exclude_defaults=True)


def as_text(done: Sequence[Done], left_aside: Sequence[Path], words: Words) -> None:
    """File by file, what a person must do first."""
    width = shutil.get_terminal_size((100, 24)).columns if sys.stdout.isatty() else 100
    for one in done:
        if one.file.journey is not None:
            for line in _lines(one, one.file.journey, words):
                sys.stdout.write("".join(f"{part}\n" for part in folded(printable(line), width, "  ")))
            sys.stdout.write("\n")
    moved = sum(one.target is not None for one in done)
    idle = sum(bool(one.file.journey) and one.target is None and not one.problems for one in done)
    wrong = len(done) - moved - idle
    say(
        words(
            "{files}: {moved} written, {idle} with nothing to write, {wrong} not migrated.",
            files=words.count("{n} file", "{n} files", len(done)),
            moved=moved,
            idle=idle,
            wrong=wrong,
        )
    )
    if left_aside:
        say(words.count("{n} other file left aside.", "{n} other files left aside.", len(left_aside)))


def _lines(one: Done, journey: Journey, words: Words) -> Iterator[str]:
    version = journey.assessment.questionnaire.version
    if not journey.steps:
        yield words("{file}: answers {version} already.", file=one.file.path, version=version)
        return
    written = words(", written to {file}", file=one.target) if one.target else ""
    yield f"{one.file.path}: {one.file.start} -> {version}{written}"
    yield f"  {_counts(journey, words)}"
    if journey.assessment.status == "draft" and journey.waiting:
        yield "  " + words("It is a draft until these are answered and it is submitted again.")
    if journey.waiting:
        yield "  " + words("To be answered by a person:")
        end = journey.steps[-1][0]
        asked = end.old if end.backwards else end.new
        for waiting in journey.waiting:
            yield from _asked(waiting, asked, words)
    for step, migrated in journey.steps:
        indent = "  "
        if len(journey.steps) > 1:
            yield f"  {step.versions[0]} -> {step.versions[1]}:"
            indent = "    "
        yield from _fates(migrated, indent, words)


def _counts(journey: Journey, words: Words) -> str:
    """Of the first step, whose answers are those of the file, and what waits after the last."""
    fates = journey.steps[0][1].fates
    how = {
        name: sum(fate.how == name for fate in fates)
        for name in ("carried", "renamed", "transformed", "aside")
    }
    new = sum(waiting.why == "new" for waiting in journey.waiting)
    open_ = len(journey.waiting) - new
    return words(
        "{answers}: {carried} carried as they are, {renamed} renamed, {transformed} transformed, {aside} kept aside; {open} and {new} to be answered.",
        answers=words.count("{n} answer", "{n} answers", len(fates)),
        open=words.count("{n} question", "{n} questions", open_),
        new=words.count("{n} new one", "{n} new ones", new),
        **how,
    )


def _asked(waiting: Waiting, asked: Questionnaire, words: Words) -> Iterator[str]:
    of = ""
    if waiting.of and waiting.of != (waiting.question,):
        of = " " + words("(from {questions})", questions=", ".join(waiting.of))
    yield f"    {waiting.question}{of}: {_why(waiting.why, waiting.told, words)}"
    question = asked.questions.get(waiting.question)
    if question is None:
        return
    yield f"      {words.of(question.text)}"
    if waiting.note:
        yield f"      {words.of(waiting.note)}"
    for option in question.choices:
        if option.id in waiting.candidates:
            yield f"      - {option.id}: {words.of(option.text)}"


def _fates(migrated: Migrated, indent: str, words: Words) -> Iterator[str]:
    if migrated.restored:
        questions = ", ".join(migrated.restored)
        yield indent + words("Brought back from where they were kept aside: {questions}", questions=questions)
    for how, heading in HEADINGS.items():
        fates = [fate for fate in migrated.fates if fate.how == how]
        if fates and how == "carried":
            yield f"{indent}{words(heading)}: {', '.join(fate.question for fate in fates)}"
        elif fates:
            yield f"{indent}{words(heading)}:"
            for fate in fates:
                yield f"{indent}  {_fate(fate, words)}"


def _fate(fate: Fate, words: Words) -> str:
    note = f" {words.of(fate.why)}" if fate.why else ""
    if fate.how == "aside":
        return f"{fate.question} ({_said(fate.answer, words)}): {_why(fate.trouble or 'dropped', fate.told, words)}{note}"
    kept = " " + words("(also kept aside as it was)") if fate.kept else ""
    if fate.how == "renamed":
        return f"{fate.question} -> {', '.join(fate.to)}{kept}{note}"
    now = ", ".join(f"{q} ({_said(one, words)})" for q, one in zip(fate.to, fate.now, strict=True))
    return f"{fate.question} ({_said(fate.answer, words)}) -> {now}{kept}{note}"


def _said(answer: Answer, words: Words) -> str:
    """An answer in a few words."""
    if answer.not_applicable:
        return words("not applicable")
    value = answer.value
    if value is None:
        return words("a note alone") if answer.note else words("no answer")
    if isinstance(value, tuple):
        return short(", ".join(value))
    return f"{value:.10g}" if isinstance(value, float) else short(value)


def _why(trouble: str, told: Said, words: Words) -> str:
    said = words(TROUBLES[trouble])
    return f"{said}: {short(in_language(told, words), 200)}" if told else f"{said}."
