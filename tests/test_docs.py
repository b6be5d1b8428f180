"""The guides hold: their commands run, their numbers come out, and what is made from the models is up to date."""

from __future__ import annotations

import re
import runpy
import shlex
import shutil
from pathlib import Path

import pytest

import program
from maturity.checks.details import ELSEWHERE, WELSH, detail
from maturity.checks.validate import validate
from maturity.intake.collect import collect
from maturity.intake.scored import score_all, scorer_of
from maturity.models.scorecard import Scorecard
from maturity.sources.registers import wales
from maturity.sources.shelf import open_questionnaire

ROOT = Path(__file__).parent.parent
GUIDE = ROOT / "docs" / "rubrics"
QUESTIONNAIRE = str(GUIDE / "questionnaire-1.0.0.yaml")

# What docs/rubrics.md says each step gives, worked out there by hand: measure and group → printed score, level.
STEPS = {
    "step-1-values": {"overall": (2.5, None)},
    "step-2-groups": {
        "dimension.catalogue": (3.0, None),
        "dimension.people": (1.5, None),
        "overall": (2.25, None),
    },
    "step-3-levels": {
        "dimension.catalogue": (3.0, "open"),
        "dimension.people": (1.5, "closed"),
        "overall": (2.25, "ajar"),
    },
    "step-4-weights-and-gaps": {"dimension.people": (2.0, "ajar"), "overall": (2.5, "ajar")},
    "step-5-limit": {"dimension.people": (1.99, "closed"), "overall": (2.5, "ajar")},
    "step-6-outcome": {"dimension.people": (1.99, "closed"), "overall": (2.5, "ajar")},
}


def scored(step: str, answers: Path = GUIDE / "answers.yaml") -> Scorecard:
    scorer = scorer_of(str(GUIDE / f"{step}.yaml"), QUESTIONNAIRE)
    collection = collect([answers], wales(), open_questionnaire(QUESTIONNAIRE))
    assert [p for p in collection.problems if p.kind.severity == "error"] == []
    return score_all(scorer, collection.assessments)[0].scorecard


def test_every_step_of_the_guide_is_a_file_and_has_its_numbers() -> None:
    files = {path.stem for path in GUIDE.glob("step-*.yaml")}
    linked = set(
        re.findall(
            r"\(rubrics/(step-[^)]+)\.yaml\)", (ROOT / "docs" / "rubrics.md").read_text(encoding="utf-8")
        )
    )
    assert files == linked == set(STEPS)


@pytest.mark.parametrize("step", STEPS)
def test_the_numbers_of_the_guide(step: str) -> None:
    card = scored(step)
    for key, (published, level) in STEPS[step].items():
        measure, *group = key.split(".")
        score = card.score(measure, *group)
        assert score is not None
        assert (score.published, score.level) == (published, level)


def test_what_the_guide_says_of_what_is_not_asked(tmp_path: Path) -> None:
    answers = tmp_path / "answers.yaml"
    answers.write_text(
        (GUIDE / "answers.yaml").read_text(encoding="utf-8").replace("reserve: yes", "reserve: no"),
        encoding="utf-8",
    )
    card = scored("step-4-weights-and-gaps", answers)
    catalogue = card.score("dimension", "catalogue")
    assert catalogue is not None
    assert (catalogue.published, catalogue.applicable, catalogue.coverage) == (1.33, 3, 1)
    assert [i.state for i in card.items if i.item == "catalogue.borrowing.notices"] == ["not_asked"]


def test_the_verdict_of_the_guide() -> None:
    assert [(v.outcome, v.label) for v in scored("step-6-outcome").verdicts] == [("welcome", "missing")]


def test_the_guide_passes_its_own_check() -> None:
    assert validate([GUIDE], wales()).problems == []


def test_what_is_made_from_the_models_is_up_to_date() -> None:
    made = runpy.run_path(str(ROOT / "docs" / "make_reference.py"))["made"]()
    for name, content in made.items():
        assert (ROOT / "docs" / name).read_text(encoding="utf-8") == content, "run make docs"


@pytest.mark.parametrize("page", ["checks", "reference"])
def test_pages_that_are_made_lead_to_each_other(page: str) -> None:
    for name, other in ((f"{page}.md", f"{page}.cy.md"), (f"{page}.cy.md", f"{page}.md")):
        links = re.findall(r"\]\(([^)#]+)\)", (ROOT / "docs" / name).read_text(encoding="utf-8"))
        assert links[0] == other
        assert all((ROOT / "docs" / link).exists() for link in links)


def test_the_reference_has_the_same_keys_in_both_languages() -> None:
    rows, theirs = (
        [
            line.split("|")[1]
            for line in (ROOT / "docs" / name).read_text(encoding="utf-8").splitlines()
            if line.startswith("| `")
        ]
        for name in ("reference.md", "reference.cy.md")
    )
    assert len(rows) > 500
    assert rows == theirs


def test_each_detail_of_a_problem_has_its_name_in_both_languages() -> None:
    pages = [(ROOT / "docs" / name).read_text(encoding="utf-8") for name in ("checks.md", "checks.cy.md")]
    english, welsh = (
        set(re.findall(r"(?<!\\)\*([^*|]+?)(?<!\\)\*", page.split("|---", 1)[1])) for page in pages
    )
    assert welsh == {*WELSH.values(), *ELSEWHERE.values()}
    assert english == {detail(name, "en", "") for name in WELSH}


# Commands in README and guides: every indented line that calls maturity.


def commands(path: Path) -> list[str]:
    return re.findall(r"^    (maturity .*)$", path.read_text(encoding="utf-8"), re.MULTILINE)


PAGES = [
    "README.md",
    "docs/rubrics.md",
    "docs/migrations.md",
    "docs/assess.md",
    "docs/spreadsheets.md",
    "docs/merging.md",
    "docs/register.md",
    "docs/statistics.md",
]


@pytest.mark.parametrize("page", PAGES)
def test_commands_run(page: str, tmp_path: Path) -> None:
    """One after the other in a copy of the checkout, as a reader would; `assess` and `--choose` need a terminal and have their own tests."""
    for name in ("examples", "docs", "questionnaires"):
        shutil.copytree(ROOT / name, tmp_path / name)
    found = commands(ROOT / page)
    assert found
    for line in found:
        if line.startswith("maturity assess") or "--choose" in line:
            continue
        line, _, remark = (part.strip() for part in line.partition("  # "))
        code = re.search(r"exit code (\d)", remark)
        assert not set(line) & set("|&;<>*?$~`"), "nothing that needs a shell"
        result = program.run(*shlex.split(line)[1:], cwd=tmp_path)
        assert result.returncode == (int(code[1]) if code else 0), f"{line}\n{result.stdout}\n{result.stderr}"
