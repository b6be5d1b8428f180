"""Whom a new version moves: the replay equals scoring with each rubric, and what is called neutral moves nobody."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from maturity.intake.collect import collect
from maturity.intake.scored import Scored, score_all, scorer_of
from maturity.models.assessment import Answer, Assessment, QuestionnaireRef
from maturity.models.migration import Migration
from maturity.models.questionnaire import Questionnaire
from maturity.models.rubric import Rubric
from maturity.scoring.score import Scorer
from maturity.sources.registers import wales
from maturity.versions.changes import Effect
from maturity.versions.compare import changes_of
from maturity.versions.difference import Difference, diff, open_sides
from maturity.versions.editions import errors_in
from maturity.versions.replay import Stored
from maturity.versions.told import farthest, named, replay_sentences
from test_diff import (
    RENAMED_Q,
    RENAMED_R,
    RENAMES,
    Q,
    R,
    _changed,
    _pair,
    _steps,
    edited,
    migration,
    opened,
    rich,
)

ROOT = Path(__file__).parent.parent
RUBRIC = ROOT / "questionnaires" / "socitm" / "rubric-1.0.0.yaml"


def reweighted(folder: Path) -> Path:
    """The bundled rubric with another weight, another value, another level's bound, and a stricter limit."""
    text = RUBRIC.read_text(encoding="utf-8").replace("version: 1.0.0", "version: 1.1.0", 1)
    for old, new in (
        ("    weight: 2\n", "    weight: 4\n"),
        ("over-half: 2, most: 3, every: 4", "over-half: 1, most: 3, every: 4"),
        ("    - from: 0.8\n", "    - from: 0.9\n"),
        ("at_most: 1.59", "at_most: 1.2"),
        ("min_coverage: 0.6", "min_coverage: 0.95"),
    ):
        assert text.count(old) >= 1
        text = text.replace(old, new, 1)
    path = folder / "rubric-1.1.0.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def stored(scored: list[Scored]) -> list[Stored]:
    return [Stored(s.organisation.name.to("en"), s.assessment, s.scorecard.source) for s in scored]


def test_the_replay_equals_scoring_with_each_rubric(scored_2017: list[Scored], tmp_path: Path) -> None:
    new = reweighted(tmp_path)
    # Some answers are missing, so that the stricter coverage takes scores away.
    some = [
        replace(s, assessment=s.assessment.model_copy(update={"answers": dict(list(s.assessment.answers.items())[: 78 - 3 * n])}))
        for n, s in enumerate(scored_2017)
    ]  # fmt: skip
    found = diff(open_sides("socitm@1.0.0", str(new)), stored(some), wales())
    (replayed,) = found.replays
    scorers = [scorer_of(str(path)) for path in (RUBRIC, new)]
    before, after = ([scorer.score(s.assessment) for s in some] for scorer in scorers)
    assert replayed.scored == 22
    assert replayed.unscored == ()
    named = {(g.measure, g.group): g for g in replayed.groups}
    expected: dict[Any, dict[str, tuple[Any, ...]]] = {}
    counts: dict[Any, int] = {}
    for one, old_card, new_card in zip(some, before, after, strict=True):
        for was in old_card.scores:
            now = new_card.score(was.measure, *was.group)
            assert now is not None
            pair = (was.published, was.level, now.published, now.level)
            counts[was.measure, was.group] = counts.get((was.measure, was.group), 0) + (pair != (None,) * 4)
            if pair[:2] != pair[2:]:
                expected.setdefault((was.measure, was.group), {})[one.organisation.name.to("en")] = pair
    assert named.keys() == expected.keys()
    for key, group in named.items():
        got = {
            m.organisation: (m.before.published, m.before.level, m.after.published, m.after.level)
            for m in group.moved
        }
        assert got == expected[key]
        assert group.of == counts[key]
        far = [abs(m.by or 0) for m in group.moved]
        assert far == sorted(far, reverse=True)
    moved = [m for g in replayed.groups for m in g.moved]
    assert any(m.changes_level for m in moved)
    assert any(m.loses for m in moved)


def test_the_sentence_of_the_specification(scored_2017: list[Scored], tmp_path: Path) -> None:
    """Counted here from the scorecards themselves: 'n of 22 councils change level in Digital leadership'."""
    new = reweighted(tmp_path)
    found = diff(open_sides("socitm@1.0.0", str(new)), stored(scored_2017), wales())
    other = score_all(scorer_of(str(new)), collect([ROOT / "examples" / "wales-2017"], wales()).assessments)
    changed = 0
    for one, two in zip(scored_2017, other, strict=True):
        was, now = (s.scorecard.score("dimension", "leadership") for s in (one, two))
        assert was is not None
        assert now is not None
        changed += was.level is not None and now.level is not None and was.level != now.level
    assert changed > 1
    wanted = f"{changed} of 22 councils change level in Digital leadership (dimension.leadership)."
    assert wanted in list(replay_sentences(found.replays[0]))


def test_a_rubric_against_itself_moves_nobody(scored_2017: list[Scored]) -> None:
    found = diff(open_sides("socitm@1.0.0", str(RUBRIC)), stored(scored_2017), wales())
    assert found.replays[0].groups == ()
    assert "No number, level or verdict moves." in list(replay_sentences(found.replays[0]))


def assessment(answers: dict[str, Any], version: str = "1.0.0") -> Assessment:
    return Assessment.model_validate(
        {
            "format": "maturity-assessment/1", "questionnaire": {"id": "base", "version": version},
            "organisation": "Cardiff", "period": "2026", "answers": answers,
        }
    )  # fmt: skip


ANSWERS: dict[str, Any] = {
    "work.plan": "some",
    "work.owner": "yes",
    "work.tools": ["forms", "maps"],
    "people.trained": 60,
}


def sides(
    folder: Path,
    *,
    questionnaire: tuple[tuple[str, str], ...] = (),
    rubric: tuple[tuple[str, str], ...] = (),
    version: str,
) -> tuple[str, str]:
    """A folder with the base files, and one with the edited ones in that version."""
    for name in ("old", "new"):
        (folder / name).mkdir(exist_ok=True, parents=True)
    edited(folder / "old", Q)
    edited(folder / "old", R)
    edited(folder / "new", Q, *questionnaire, version=version)
    edited(folder / "new", R, *rubric, version=version)
    return str(folder / "old"), str(folder / "new")


def replayed(
    names: tuple[str, str], answers: dict[str, Any], version: str = "1.0.0", **more: Any
) -> Difference:
    one = Stored("Cardiff", assessment(answers, version), "cardiff.yaml")
    return diff(open_sides(*names), [one], wales(), **more)


def test_by_hand(tmp_path: Path) -> None:
    """The plan counts 3 for 2: its theme is the mean of 3 and 4, not of 2 and 4; the whole weighs that theme twice:
    (2 × 3.5 + 4 + 4) ÷ 4 = 3.75, not (2 × 3 + 4 + 4) ÷ 4 = 3.5."""
    names = sides(tmp_path, rubric=(("some: 2, whole", "some: 3, whole"),), version="1.1.0")
    (found,) = replayed(names, ANSWERS).replays
    assert {
        g.address: [(m.before.published, m.after.published, m.by) for m in g.moved] for g in found.groups
    } == {
        "overall": [(3.5, 3.75, 0.25)],
        "theme.work.plan": [(3.0, 3.5, 0.5)],
    }
    assert farthest(found.groups[0]) == "+0.25 Cardiff"


def carried(one: Assessment, old: Questionnaire, new: Questionnaire, moves: Migration) -> Assessment:
    """Carries over by hand what RENAMES says, so that this test looks at the replay alone."""
    assert (old.version, new.version, moves.to) == ("1.0.0", "2.0.0", "2.0.0")
    answers = dict(one.answers)
    answers["work.lead"] = answers.pop("work.owner")
    answers["work.tools"] = Answer(value=("forms", "charts"))
    return one.model_copy(
        update={"answers": answers, "questionnaire": QuestionnaireRef(id="base", version="2.0.0")}
    )


def test_answers_are_carried_over_and_score_as_they_did(tmp_path: Path) -> None:
    names = sides(tmp_path, questionnaire=RENAMED_Q, rubric=RENAMED_R, version="2.0.0")
    migration(tmp_path / "new", RENAMES)
    found = replayed(names, ANSWERS, carry=carried)
    assert found.replays[0].scored == 1
    assert found.replays[0].groups == ()
    counted = {c.address: c.answers for c in found.changes if c.question}
    assert counted == {
        "questionnaire/questions/work.lead": 1,
        "questionnaire/questions/work.tools/options/charts": 1,
    }


def test_nobody_is_lost_in_silence(tmp_path: Path) -> None:
    """Without a migration the answers do not fit; they are listed, with why, and not half scored."""
    names = sides(tmp_path, questionnaire=RENAMED_Q, rubric=RENAMED_R, version="2.0.0")
    (found,) = replayed(names, ANSWERS).replays
    assert (found.scored, found.groups) == (0, ())
    assert [(u.organisation, u.side) for u in found.unscored] == [("Cardiff", "new")]
    assert "1.0.0" in found.unscored[0].why
    # Answers that one rubric's version does not know, or that no longer pass the checks.
    (found,) = replayed(names, {"work.lead": "yes"}, "2.0.0").replays
    assert [u.side for u in found.unscored] == ["old"]
    narrow = sides(tmp_path / "narrow", questionnaire=(("max: 100", "max: 50"),), version="1.1.0")
    (found,) = replayed(narrow, ANSWERS).replays
    assert [(u.side, "60" in u.why) for u in found.unscored] == [("new", True)]


def test_a_score_that_goes_and_one_that_comes(tmp_path: Path) -> None:
    few = {"work.plan": "some"}
    strict = sides(tmp_path, rubric=(("scales:\n", "policy: {min_coverage: 1}\nscales:\n"),), version="1.1.0")
    (found,) = replayed(strict, few).replays
    assert {g.address for g in found.groups if g.count(lambda m: m.loses)} == {"theme.work.plan", "overall"}
    (back,) = replayed((strict[1], strict[0]), few).replays
    assert {g.address for g in back.groups if g.count(lambda m: m.gains)} == {"theme.work.plan", "overall"}
    assert "1 of 1 council gains a score of Overall (overall)." in list(replay_sentences(back))


def test_a_group_that_is_gone_is_one_sentence(tmp_path: Path) -> None:
    """Of a question's theme that has another id, the old group is gone and the new one is new."""
    ids = (("      - id: skills\n", "      - id: learning\n"),)
    names = sides(
        tmp_path,
        questionnaire=ids,
        rubric=(("theme: people.skills", "theme: people.learning"),),
        version="1.1.0",
    )
    (found,) = replayed(names, ANSWERS).replays
    assert {g.address: g.only for g in found.groups} == {
        "theme.people.skills": "old",
        "theme.people.learning": "new",
    }
    sentences = list(replay_sentences(found))
    assert "Skills (theme.people.skills) is gone: 1 council scored in it." in sentences
    assert "Skills (theme.people.learning) is new: 1 council scored in it." in sentences
    assert list(named(found)) == []


def test_verdicts_move_too(tmp_path: Path) -> None:
    """All are worth 2 or more, not all 3: with the higher bar the verdict is poor."""
    verdict = (
        "outcomes:\n  ok: {name: {en: Ok, cy: Iawn}, rules: "
        "[{label: good, when: {every: {}, at_least: %s}}, {label: poor}]}\nbands:\n  levels"
    )
    names = sides(tmp_path, version="1.1.0")
    for folder, bar in (("old", "2"), ("new", "3")):
        path = next((tmp_path / folder).glob("rubric-*.yaml"))
        text = path.read_text(encoding="utf-8").replace("bands:\n  levels", verdict % bar)
        path.write_text(text, encoding="utf-8")
    (found,) = replayed(names, ANSWERS).replays
    moves = [m for g in found.groups if g.kind == "outcome" for m in g.moved]
    assert [(m.before.level, m.after.level, m.changes_level) for m in moves] == [("good", "poor", True)]


# What is called neutral moves nobody: every neutral change of the files with every key, on seeded answers.


def _answered(seed: int) -> Assessment:
    drawn = random.Random(seed)
    options: dict[str, list[Any]] = {
        "work.plan": ["none", "some", "whole", None],
        "work.owner": ["yes", "no", None],
        "work.tools": [["forms"], ["forms", "maps"], ["nothing"], None],
        "people.trained": [0, 12.5, 50, 100, "dont_know", None],
    }
    answers = {question: drawn.choice(values) for question, values in options.items()}
    return assessment({question: value for question, value in answers.items() if value is not None})


def _scores(asked: Any, valued: Any) -> list[Any]:
    scorer = Scorer.of(asked[0], asked[1], valued[0], valued[1])
    found = []
    for seed in range(8):
        card = scorer.score(_answered(seed))
        scores = {
            (s.measure, s.group): (s.value, s.published, s.level, s.coverage, s.counts, s.reason)
            for s in card.scores
        }
        found.append((scores, {(v.outcome, v.group): v.label for v in card.verdicts}))
    return found


@pytest.mark.parametrize("name", [Q, R])
def test_what_is_neutral_moves_no_score(name: str) -> None:
    base: dict[str, Any] = {one: opened(rich(one), one) for one in (Q, R)}
    assert isinstance(base[Q][0], Questionnaire)
    assert isinstance(base[R][0], Rubric)
    before = _scores(base[Q], base[R])
    assert len({str(one) for one in before}) > 4
    neutral, grave = 0, 0
    for path in _steps(rich(name)):
        for changed in _changed(rich(name), path):
            new = opened(changed, "new")
            if path in (("version",), ("format",)) or new[0] is None:
                continue
            effects = {c.effect for c in changes_of(_pair(name, base[name], new))}
            if effects != {Effect.neutral}:
                grave += 1
                continue
            asked, valued = (new, base[R]) if name == Q else (base[Q], new)
            if errors_in(replace(new[1], model=new[0]), asked[0]) or errors_in(
                replace(valued[1], model=valued[0]), asked[0]
            ):
                continue
            neutral += 1
            assert _scores(asked, valued) == before, path
    assert neutral > 10
    assert grave > 100
