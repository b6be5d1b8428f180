"""Every prompt of the interview, of `merge --choose` and of files that cannot be saved, asked alike in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from languages import strange
from maturity.assess.interview import Interview
from maturity.assess.record import ChangedElsewhereError
from maturity.assess.trouble import Trouble
from maturity.cli import assess_run, merge_choose
from maturity.cli.assess_start import Wish
from maturity.cli.merge_run import Wish as Merging
from maturity.cli.merge_run import run as run_merge
from maturity.models.assessment import Answer, Assessment, Evidence
from maturity.models.problem import Place, Problem
from maturity.models.text import LANGUAGES, Language
from maturity.sources.files import UNWRITABLE, FileError
from maturity.sources.load import expect, load
from maturity.sources.shelf import open_questionnaire
from pseudo_terminal import held
from test_merge_cli import ANSWERS, SMALL, Person, posix, write
from test_welsh_interview import LINES, OWN, VISITS
from typist import Typist, seated

TYPED = {*OWN, "HR", "yna"}
ROLES = {role for role, _ in ANSWERS.values()}
START = (
    *("nowhere", "sir", "Conwy", "20x6", "2026", "b", "b", "Conwy", "2026"),
    *("x" * 301, "Swyddog", "b", "Swyddog", "Mair"),
)
"""Council, period, role and name: wrong ones and going back among them."""
WISH = Wish(
    file=None,
    questionnaire=str(VISITS / "questionnaire.yaml"),
    council=None,
    period=None,
    language="en",
    role=None,
    name=None,
    rubric=str(VISITS / "rubric.yaml"),
    plain=True,
)


@dataclass
class Sat:
    """What came of a sitting; `told` is what stands on stderr behind it."""

    typist: Typist
    code: int
    told: str

    def strange(self, *theirs: str) -> list[tuple[str, set[str]]]:
        """Words of the other language in what was said, but for what was typed and what is to be copied."""
        self.typist.said[self.typist.language] += self.told.splitlines()
        return [
            found
            for language, lines in self.typist.said.items()
            for found in strange(
                (NAMED.sub(r"\1", line) for line in lines if not line.startswith("    maturity ")),
                language,
                {*TYPED, *theirs},
            )
        ]


NAMED = re.compile(r"(\bl) (Cymraeg|English)\b")
"""The other language has its own name in both."""


@pytest.fixture
def sit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Sat]:
    """Runs `maturity assess`, or `merge --choose`, before a typist."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")

    def start(typist: Typist, folder: str, wish: Wish | Merging = WISH, **more: object) -> Sat:
        (tmp_path / folder).mkdir(exist_ok=True)
        monkeypatch.chdir(tmp_path / folder)
        wish = replace(wish, language=typist.language, **more)  # type: ignore[arg-type]

        @contextmanager
        def talking(*, plain: bool) -> Iterator[tuple[Typist, object]]:
            assert plain
            yield typist, typist.keyboard

        module, run = (assess_run, assess_run.run) if isinstance(wish, Wish) else (merge_choose, run_merge)
        with seated(monkeypatch) as (out, error), monkeypatch.context() as patched:
            patched.setattr(module, "talking", talking)
            code = run(wish)  # type: ignore[operator]
        return Sat(typist, code, out.getvalue() + error.getvalue())

    return start


def test_an_interview_asks_alike_and_keeps_the_same(sit: Callable[..., Sat], tmp_path: Path) -> None:
    """From the council to the submission, with all that can be typed wrongly; and with another language at each question."""
    script = (*START, *LINES, "2")
    english, welsh = (sit(Typist(*script, language=one), one) for one in LANGUAGES)
    assert (english.code, welsh.code) == (0, 0)
    assert english.typist.shape == welsh.typist.shape
    assert len(english.typist.prompts) > 50
    assert not english.typist.said["cy"]
    assert not welsh.typist.said["en"]
    kept = held(tmp_path / "en" / "conwy-2026-swyddog.yaml")
    assert kept == held(tmp_path / "cy" / "conwy-2026-swyddog.yaml")
    for one in LANGUAGES:
        folder = f"restless-{one}"
        restless = sit(Typist(*script, language=one, restless=True), folder)
        assert restless.typist.prompts == english.typist.prompts
        assert held(tmp_path / folder / "conwy-2026-swyddog.yaml") == kept
        assert min(map(len, restless.typist.said.values())) > 100
        ends = [line for line in restless.typist.said[restless.typist.language] if "maturity score" in line]
        assert [("--lang cy" in line) for line in ends] == [restless.typist.language == "cy"]
        assert restless.strange() == []
    assert english.strange() == []
    assert welsh.strange() == []


VISITS_TO_A_FILE = (
    ({}, (*START, "2", "q")),
    # The draft that is there is offered, or new answers; then what is left to answer, and the submission.
    ({}, ("1", "h", "", "q")),
    (
        {},
        (
            "2",
            "Conwy",
            "2025",
            "",
            "",
            "1",
            "2",
            "1",
            "1",
            "Stori dda\n",
            *("2", "b", "2", "1", "2", "1", "b", "3", "", "Mair", "2"),
        ),
    ),
    # What was submitted is opened again: not, and then for another answer.
    ({"file": Path("conwy-2025.yaml")}, ("1",)),
    ({"file": Path("conwy-2025.yaml")}, ("2", "2", "1", "3", "q")),
    # Somebody else's file: not, and then gone on with.
    ({"file": Path("conwy-2026-swyddog.yaml"), "name": "Gwen", "role": "HR"}, ("1",)),
    ({"file": Path("conwy-2026-swyddog.yaml"), "name": "Gwen", "role": "HR"}, ("2", "q")),
    # Last period's answers, each to be confirmed; then Ctrl-D.
    ({"before": Path("conwy-2025.yaml"), "file": Path("next.yaml")}, ("", "HR", "", "1", "")),
    # Left before anything is begun.
    ({"council": "Conwy"}, ("b",)),
)
"""What is asked for on the command line, and what is typed; one after the other in one folder."""


def test_whatever_else_is_asked_is_asked_alike(sit: Callable[..., Sat]) -> None:
    for wish, lines in VISITS_TO_A_FILE:
        english, welsh = (sit(Typist(*lines, language=one), one, **wish) for one in LANGUAGES)
        assert english.typist.shape == welsh.typist.shape
        assert english.code == welsh.code
        assert english.typist.prompts
        assert english.strange("Gwen") == []
        assert welsh.strange("Gwen") == []


def test_what_cannot_be_saved_is_asked_about_alike(tmp_path: Path) -> None:
    """Whose answers hold, where both sides changed one, or six, or the file is none of answers; and another file."""
    questionnaire = open_questionnaire(str(SMALL))[0]
    path = tmp_path / "a.yaml"
    write(path, "HR", "leadership.strategy: draft")
    base = expect(load(path), Assessment)

    def having(**said: object) -> Assessment:
        answers = {
            question.replace("_", "."): Answer(value=value, note="yna", evidence=(Evidence(text="yna"),))
            for question, value in said.items()
        }
        return base.model_copy(update={"answers": answers})

    ours = having(leadership_strategy="adopted", leadership_budget=1.0, services_research=("staff",))
    theirs = having(leadership_strategy="none", leadership_budget=2.0, services_research=("residents",))
    errors = [
        ChangedElsewhereError(path, b"", found, base, ours)
        for found in (theirs, base.model_copy(update={"answers": ours.answers}), None)
    ]
    many = ChangedElsewhereError(path, b"", theirs, base, ours)
    many.both = (*many.both, "leadership.officer", "services.requests", "services.example", "gone")
    unwritable = FileError(Problem(UNWRITABLE, Place(str(path)), {"reason": "'…'"}))
    shapes = []
    for language in LANGUAGES:
        typist = Typist("3", "x", "1", "2", "1", "2", "", "2", "/b.yaml", "1", "3", language=language)
        trouble, interview = Trouble(typist), Interview(questionnaire, language=language)
        chosen = [trouble.whose(interview, error) for error in (*errors, many)]
        assert chosen == ["aside", "theirs", "aside", "theirs"]
        assert [trouble.otherwise(interview, unwritable) for _ in range(3)] == [
            Path("/b.yaml"),
            "again",
            "leave",
        ]
        for n in (1, 2):
            trouble.taken_in(interview, ["q"] * n)
        trouble.kept(interview, path, "ours")
        trouble.kept(interview, path, "theirs")
        trouble.reopened(interview)
        assert Sat(typist, 0, "").strange() == []
        shapes.append(typist.shape)
    assert shapes[0] == shapes[1]


CHOICES = (
    *("x", "", "", "7,5,5", "150", "b", "15", "s", "n", "Nodyn: tŷ\n", "u", "2", "h", "", "3", "1"),
    *("9", "1 2"),
)
"""What the meeting agrees on, question by question: a share of the budget, later who tests, and the strategy."""
MERGING = Merging(
    files=[Path("atebion pawb")],
    out=Path("cytûn.yaml"),
    rule="unanimous",
    decides=None,
    choose=True,
    agenda=None,
    agreed=None,
    html=None,
    questionnaire=str(SMALL),
    force=False,
    language="en",
    plain=True,
)


def answered(folder: Path) -> None:
    (folder / "atebion pawb").mkdir(parents=True)
    for name, (role, answers) in ANSWERS.items():
        write(folder / "atebion pawb" / f"{name}.yaml", role, answers)


def test_a_meeting_is_asked_alike_and_settles_the_same(sit: Callable[..., Sat], tmp_path: Path) -> None:
    sat = {}
    for restless in (False, True):
        for one in LANGUAGES:
            folder = f"{one}-{restless}"
            answered(tmp_path / folder)
            typist = Typist(*CHOICES, language=one, restless=restless)
            sat[folder] = sit(typist, folder, MERGING)
            assert sat[folder].code == 0
            assert "15" in (tmp_path / folder / MERGING.out).read_text(encoding="utf-8")
            if not restless:
                assert sat[folder].strange(*ROLES) == []
    assert sat["en-False"].typist.shape == sat["cy-False"].typist.shape
    assert len({str(one.typist.prompts) for one in sat.values()}) == 1
    assert len(sat["en-False"].typist.prompts) > 10
    assert len({held(tmp_path / folder / MERGING.out) for folder in sat}) == 1


def test_a_meeting_that_breaks_off_goes_on_in_the_language_spoken_last(
    sit: Callable[..., Sat], tmp_path: Path
) -> None:
    """What was answered, by whom, is told in the new language too."""
    for language in LANGUAGES:
        answered(tmp_path / language)
        sat = sit(Typist("l", language=language), language, MERGING)
        assert sat.code == 130
        before, _, sat.told = sat.told.partition("cytûn.yaml\n")
        assert ("--lang cy" in sat.told) == (language == "en")
        assert sat.strange(*ROLES) == []
        assert strange(before.splitlines(), language) == []
        assert all(any("× " in line for line in lines) for lines in sat.typist.said.values())


@posix
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_meeting_on_the_screen(tmp_path: Path, language: Language) -> None:
    """As drawn: the question, who said what, and all that can be done there."""
    answered(tmp_path)
    asked = ("atebion pawb", "-o", "c.yaml", "--choose", "--lang", language, "-q", str(SMALL))
    person = Person(tmp_path, *asked, columns=60, rows=40, command="merge")
    try:
        seen = person.sees("(Digital lead)", "[q]").seen
        person.press("s").sees("[ ] 4", "[q]")
        seen += person.seen
        person.press("q")
        assert person.ends() == 1
    finally:
        person.child.close()
    said = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", person.raw[-1000:])
    lines = [re.sub(r"\[l\] \w+", "", line) for line in (*seen.splitlines(), *said.splitlines()[-4:])]
    assert len(lines) > 30
    assert strange(lines, language, {*ROLES, *OWN}) == []
