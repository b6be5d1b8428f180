"""Whom a new version moves: the replay equals scoring with each rubric, and what is called neutral moves nobody."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from maturity.intake.collect import collect
from maturity.intake.scored import Scored, score_all, scorer_of
from maturity.locale.words import Words
from maturity.models.assessment import Assessment
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
from test_cli import maturity
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

ENGLISH = Words("en")
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
    assert wanted in list(replay_sentences(found.replays[0], ENGLISH))


def test_a_rubric_against_itself_moves_nobody(scored_2017: list[Scored]) -> None:
    found = diff(open_sides("socitm@1.0.0", str(RUBRIC)), stored(scored_2017), wales())
    assert found.replays[0].groups == ()
    assert "No number, level or verdict moves." in list(replay_sentences(found.replays[0], ENGLISH))


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


def replayed(names: tuple[str, str], answers: dict[str, Any], version: str = "1.0.0") -> Difference:
    one = Stored("Cardiff", assessment(answers, version), "cardiff.yaml")
    return diff(open_sides(*names), [one], wales())


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
    assert farthest(found.groups[0], ENGLISH) == "+0.25 Cardiff"


def test_answers_are_carried_over_and_score_as_they_did(tmp_path: Path) -> None:
    names = sides(tmp_path, questionnaire=RENAMED_Q, rubric=RENAMED_R, version="2.0.0")
    migration(tmp_path / "new", RENAMES)
    found = replayed(names, ANSWERS)
    assert found.replays[0].scored == 1
    assert found.replays[0].groups == ()
    counted = {c.address: c.answers for c in found.changes if c.question}
    assert counted == {
        "questionnaire/questions/work.lead": 1,
        "questionnaire/questions/work.tools/options/charts": 1,
    }


def test_answers_are_carried_over_to_the_old_version_too() -> None:
    """Both sides score version 2.0.0: the answers to 1.0.0 come to each by the migration, and nobody is lost."""
    answers = collect([ROOT / "examples" / "wales-2017"], wales()).assessments
    given = [Stored(c.organisation.name.to("en"), c.assessment, c.source) for c in answers]
    assert {s.assessment.questionnaire.version for s in given} == {"1.0.0"}
    (found,) = diff(open_sides("socitm@2.0.0", "socitm@2.0.0"), given, wales()).replays
    assert (found.scored, found.groups, found.unscored) == (22, (), ())


def test_a_rubric_beside_a_newer_one_is_replayed_with_its_predecessor(tmp_path: Path) -> None:
    """NEW adds 1.1.0 though 2.0.0 is there: it is compared with 1.0.0, owes what it owes, and moves whom it moves."""
    for name in ("old", "new"):
        (tmp_path / name).mkdir()
        for file in (Q, R):
            edited(tmp_path / name, file)
        edited(tmp_path / name, Q, *RENAMED_Q, version="2.0.0")
        edited(tmp_path / name, R, *RENAMED_R, version="2.0.0")
        migration(tmp_path / name, RENAMES)
    names = str(tmp_path / "old"), str(tmp_path / "new")
    edited(tmp_path / "new", R, ("some: 2, whole", "some: 3, whole"), version="1.0.1")
    found = replayed(names, ANSWERS)
    assert [(c.subject, c.old_version, c.new_version, len(c.changes)) for c in found.compared] == [
        ("questionnaire", "2.0.0", "2.0.0", 0),
        ("rubric", "1.0.0", "1.0.1", 1),
    ]
    assert [p.kind.code for p in found.findings] == ["D001"]
    (one,) = found.replays
    # As in test_by_hand: the theme rises by a half, the whole by a quarter.
    assert {g.address: [m.by for m in g.moved] for g in one.groups} == {
        "overall": [0.25],
        "theme.work.plan": [0.5],
    }
    # A version that says what it supersedes is compared with that, and a second new one with the first.
    edited(
        tmp_path / "new",
        R,
        *RENAMED_R,
        ("version: 1.0.0\n", "version: 1.0.0\nsupersedes: 2.0.0\n"),
        version="2.1.0",
    )
    edited(tmp_path / "new", R, version="1.0.2")
    found = replayed(names, ANSWERS)
    pairs = [(c.old_version, c.new_version) for c in found.compared if c.subject == "rubric"]
    assert pairs == [("1.0.0", "1.0.1"), ("1.0.1", "1.0.2"), ("2.0.0", "2.1.0")]
    assert [r.scored for r in found.replays] == [1, 1, 1]


def test_what_changed_in_place_is_listed_and_replayed(tmp_path: Path) -> None:
    names = sides(tmp_path, version="1.1.0")
    edited(tmp_path / "new", Q)
    edited(tmp_path / "new", R, ("some: 2, whole", "some: 3, whole"))
    found = replayed(names, ANSWERS)
    assert [p.kind.code for p in found.findings] == ["D030"]
    in_place = next(c for c in found.compared if c.subject == "rubric" and c.new_version == "1.0.0")
    assert [c.address for c in in_place.changes] == ["rubric/items/work.plan/scale/some"]
    one = next(r for r in found.replays if r.new == "base@1.0.0")
    assert [m.by for g in one.groups if g.address == "overall" for m in g.moved] == [0.25]


NEW_QUESTION = (
    "          - id: work.owner\n",
    "          - id: work.money\n            type: yes_no\n"
    "            text: {en: Does somebody pay?, cy: A oes rhywun yn talu?}\n          - id: work.owner\n",
)


def test_a_rubric_that_does_not_follow_yet_is_told_in_the_report(tmp_path: Path) -> None:
    """The questionnaire has a new question, the rubric no value for it: what can be compared is, and the rest is said."""
    names = sides(tmp_path, questionnaire=(NEW_QUESTION,), version="1.0.1")
    found = replayed(names, ANSWERS)
    assert [(c.address, c.effect) for c in found.changes] == [
        ("questionnaire/questions/work.money", Effect.moves_scores)
    ]
    codes = [p.kind.code for p in found.findings]
    assert codes[0] == "D001"
    assert len(codes) > 1
    assert all(code.startswith("R") for code in codes[1:])
    assert found.replays == ()
    (why,) = found.not_replayed
    assert str(why).startswith("Not replayed, because there is an error in ")
    for output in ("text", "markdown", "json"):
        result = maturity("diff", *names, "--responses", write_answers(tmp_path), "--format", output)
        assert result.returncode == 1
        assert "Not replayed, because" in result.stdout
        assert codes[1] in result.stdout


def write_answers(folder: Path) -> Path:
    path = folder / "cardiff.yaml"
    path.write_text(
        yaml.safe_dump(assessment(ANSWERS).model_dump(mode="json", by_alias=True, exclude_none=True))
    )
    return path


def test_nobody_is_lost_in_silence(tmp_path: Path) -> None:
    """Without a migration the answers do not fit; they are listed, with why, and not half scored."""
    names = sides(tmp_path, questionnaire=RENAMED_Q, rubric=RENAMED_R, version="2.0.0")
    (found,) = replayed(names, ANSWERS).replays
    assert (found.scored, found.groups) == (0, ())
    assert [(u.organisation, u.side) for u in found.unscored] == [("Cardiff", "new")]
    assert "1.0.0" in str(found.unscored[0].why)
    # Answers that one rubric's version does not know, or that no longer pass the checks.
    (found,) = replayed(names, {"work.lead": "yes"}, "2.0.0").replays
    assert [u.side for u in found.unscored] == ["old"]
    narrow = sides(tmp_path / "narrow", questionnaire=(("max: 100", "max: 50"),), version="1.1.0")
    (found,) = replayed(narrow, ANSWERS).replays
    assert [(u.side, "60" in str(u.why)) for u in found.unscored] == [("new", True)]


def test_a_score_that_goes_and_one_that_comes(tmp_path: Path) -> None:
    few = {"work.plan": "some"}
    strict = sides(tmp_path, rubric=(("scales:\n", "policy: {min_coverage: 1}\nscales:\n"),), version="1.1.0")
    (found,) = replayed(strict, few).replays
    assert {g.address for g in found.groups if g.count(lambda m: m.loses)} == {"theme.work.plan", "overall"}
    (back,) = replayed((strict[1], strict[0]), few).replays
    assert {g.address for g in back.groups if g.count(lambda m: m.gains)} == {"theme.work.plan", "overall"}
    assert "1 of 1 council gains a score of Overall (overall)." in list(replay_sentences(back, ENGLISH))


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
    sentences = list(replay_sentences(found, ENGLISH))
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
