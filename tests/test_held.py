"""Answers held small, and scores made, written and let go one by one: the same as of whole answers, in little memory."""

from __future__ import annotations

import pickle
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from maturity.intake.collect import collect
from maturity.intake.held import Held
from maturity.intake.scored import Scored, Scores, score_all
from maturity.models.assessment import Answer, Assessment, Evidence, Respondent
from maturity.reports.scores import PART, scores_csv, scores_json, scores_rows
from maturity.scoring.score import Scorer, answers_digest
from maturity.sources.files import write_atomically
from maturity.sources.registers import wales
from table_data import ROOT

EXAMPLE = ROOT / "examples" / "wales-2026"


class Counted:
    """Scorecards, and how many of them were asked for."""

    def __init__(self, scored: list[Scored]) -> None:
        self.scored, self.made = scored, 0

    def __len__(self) -> int:
        return len(self.scored)

    def __iter__(self) -> Iterator[Scored]:
        for one in self.scored:
            self.made += 1
            yield one


def answered(**answers: Answer) -> Assessment:
    return Assessment(
        format="maturity-assessment/1",
        questionnaire={"id": "socitm", "version": "1.0.0"},  # type: ignore[arg-type]
        organisation="Cardiff",
        period="2026",
        respondent=Respondent(name="Somebody", role="Digital lead"),
        made_up=True,
        answers={name.replace("__", "."): answer for name, answer in answers.items()},
    )


def test_what_scoring_looks_at_is_held_and_comes_back() -> None:
    words = "Nothing that comes again. " * 10
    whole = answered(
        a__b__one=Answer(value="yes", note="Not held", evidence=(Evidence(text="Nor this"),)),
        a__b__two=Answer(value=1),
        a__b__three=Answer(value=1.5, sure="unsure"),
        a__b__four=Answer(value=("x", "y")),
        a__b__five=Answer(value=words),
        a__b__six=Answer(not_applicable=True, reason="We have none"),
        a__b__seven=Answer(note="Nothing was answered"),
    )
    held = Held.of(whole)
    for one in (held, pickle.loads(pickle.dumps(held))):
        back = one.assessment()
        assert one == held and one.given and one.digest == answers_digest([whole])
        assert list(back.answers) == list(whole.answers)
        for name, answer in whole.answers.items():
            kept = back.answers[name]
            assert (kept.value, kept.not_applicable, kept.reason) == (
                answer.value,
                answer.not_applicable,
                answer.reason,
            )
            assert type(kept.value) is type(answer.value) and not kept.note and not kept.evidence
        for name in ("questionnaire", "organisation", "period", "status", "made_up"):
            assert getattr(back, name) == getattr(whole, name)
        assert back.respondent == Respondent(role="Digital lead")
    assert not Held.of(answered(a__b__seven=Answer(note="Nothing was answered"))).given


def test_the_scores_are_those_of_whole_answers(scorer: Scorer, scored_2026: list[Scored]) -> None:
    small = collect([EXAMPLE], wales(), texts=False).assessments
    scores = Scores(scorer, small)
    assert [one.scorecard for one in score_all(scorer, small)] == [one.scorecard for one in scored_2026]
    for long in (False, True):
        rows = scores_rows(scorer, scores, "en", long=long)
        assert len(rows.rows) == len(list(rows.rows)) > 20
        of_whole = scores_rows(scorer, scored_2026, "en", long=long)
        assert "".join(scores_csv(rows)) == "".join(scores_csv(of_whole))
    assert "".join(scores_json(scores)) == "".join(scores_json(scored_2026))


def test_little_is_held_of_each_council(scorer: Scorer) -> None:
    whole = [one.assessment for one in collect([EXAMPLE], wales()).assessments]
    packed = [pickle.dumps(Held.of(one)) for one in whole]
    once = [pickle.loads(one) for one in packed]
    tracemalloc.start()
    again = [pickle.loads(one) for _ in range(10) for one in packed]
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert again[: len(once)] == once
    assert held / len(again) < 3_000, "bytes for each council, of which most has 74 answers"


def test_one_scorecard_is_there_at_a_time(scorer: Scorer, scored_2026: list[Scored]) -> None:
    counted = Counted(scored_2026)
    parts = scores_json(counted)
    for made in range(1, 5):
        next(parts) if made == 1 else None
        next(parts)
        assert counted.made == made
    counted = Counted(scored_2026 * 4)
    table = scores_csv(scores_rows(scorer, counted, "en", long=True))
    first = next(table)
    assert PART < len(first) < 2 * PART and counted.made < len(counted) / 2
    assert first.endswith("\r\n")


def test_what_goes_wrong_half_way_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "scores.csv"
    path.write_bytes(b"before")

    def parts() -> Iterator[bytes]:
        yield b"half"
        raise KeyError("a mistake of ours")

    with pytest.raises(KeyError):
        write_atomically(path, parts())
    assert path.read_bytes() == b"before" and list(tmp_path.iterdir()) == [path]
    write_atomically(path, iter([b"one, ", b"two"]))
    assert path.read_bytes() == b"one, two"
