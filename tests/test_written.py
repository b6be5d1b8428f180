"""What is written is read back as it was, whatever people typed."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from maturity.models.assessment import (
    ASSESSMENT_FORMAT,
    Answer,
    Assessment,
    Evidence,
    QuestionnaireRef,
    Respondent,
)
from maturity.sources.structure import to_model
from maturity.sources.write_assessment import to_yaml
from maturity.sources.yaml_reader import read_yaml
from maturity.sources.yaml_text import invisible

TYPED = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=60)
TRICKY = st.sampled_from(
    [
        "02920872087",
        "1e5",
        "1E5",
        "1.5e5",
        "1.e3",
        "-.5",
        "089",
        "-08",
        "0x1F",
        "0o17",
        "no",
        "Yes",
        "on",
        "~",
        "null",
        "true",
        "=1+1",
        "- a",
        "a: b",
        "# a",
        "&a",
        "*a",
        "!a",
        "'",
        '"',
        "2026-01-01",
        "1_000",
        ".inf",
        "<<",
        "---",
        "...",
        "🙂 Ŵŷ",
    ]
)


def assessment(words: str, number: float) -> Assessment:
    return Assessment(
        format=ASSESSMENT_FORMAT,
        questionnaire=QuestionnaireRef(id="socitm", version="1.0.0"),
        organisation=words.strip()[:300] or "Cardiff",
        period="2026",
        respondent=Respondent(role=words.strip()[:300] or None),
        answers={
            "a.b": Answer(value="no", note=words if words.strip() else None),
            "a.c": Answer(value=number),
            "a.d": Answer(value=("x", "y"), evidence=(Evidence(text=words),) if words.strip() else ()),
            "a.e": Answer(not_applicable=True, reason=words if words.strip() else "because"),
        },
    )


@given(TYPED | TRICKY, st.floats(-1e6, 1e6))
@example("02920872087", 1e5)
def test_written_and_read_back(words: str, number: float) -> None:
    while hidden := invisible(words):
        words = words.replace(hidden[0], " ")
    written = assessment(words, number)
    document = read_yaml(to_yaml(written).encode("utf-8"), "a.yaml")
    assert document.problems == []
    read, problems = to_model(Assessment, document)
    assert problems == []
    assert read == written


@pytest.mark.parametrize("hidden", ["\u2028", "\u200b", "\u202e", "\x1b", "\x00"])
def test_what_no_file_can_hold_becomes_a_space(hidden: str) -> None:
    text = to_yaml(assessment(f"a{hidden}b", 1))
    assert hidden not in text
    assert "a b" in text


def test_every_answer_has_its_own_line() -> None:
    plain = assessment("x", 1).model_copy(
        update={"answers": {f"a.q{i}": Answer(value="some") for i in range(20)}}
    )
    assert to_yaml(plain).count("\n  a.q") == 20
