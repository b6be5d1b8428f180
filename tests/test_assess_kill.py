"""`maturity assess` killed, hung up and broken off at random moments: nothing that was confirmed is lost."""

from __future__ import annotations

import os
import random
import re
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from maturity.models.assessment import Assessment
from maturity.sources.load import load

if os.name != "posix":
    pytest.skip("needs a pseudo-terminal", allow_module_level=True)

from warm import PATIENCE, Sitting, sit

ATTACK = bool(os.environ.get("MATURITY_ATTACK"))
MOMENTS = 500 if ATTACK else 25
STEPS = 12
SEED = 20_260_101
COMMAND = ("a.yaml", "--council", "Cardiff", "--period", "2026", "-q")
SHOWN = re.compile(rf"Question \d+ of {STEPS}, (\d+) answered|All {STEPS} questions are answered")
LEFT = re.compile(r"\.a\.yaml\.lock|\.maturity-[-\w]+\.part")
LISTENS = "Save and leave"
"""What a menu draws last."""
WAYS = ("SIGKILL", "SIGHUP", "window", "Ctrl-C", "SIGKILL", "SIGTERM", "SIGQUIT")


@dataclass(frozen=True)
class Moment:
    """So many seconds after the keys of that answer were pressed; of none: after the start."""

    answered: int
    after: float


@pytest.fixture(scope="module")
def questionnaire(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("asked") / "twelve.yaml"
    path.write_text(written(STEPS), encoding="utf-8")
    return path


def written(questions: int) -> str:
    """A questionnaire of so many questions with five options each."""
    lines = [
        "format: maturity-questionnaire/1",
        "id: many",
        "version: 1.0.0",
        "languages: [en]",
        "title: {en: Many}",
        "description: {en: As many questions as wanted.}",
        "dimensions:",
        "  - id: one",
        "    name: {en: One}",
        "    themes:",
        "      - id: only",
        "        name: {en: Only}",
        "        questions:",
    ]
    for number in range(1, questions + 1):
        lines += [
            f"          - id: one.q{number}",
            "            type: level",
            f"            text: {{en: How is it with matter {number} of this council?}}",
            "            options:",
            *(
                f"              - {{id: o{option}, text: {{en: 'It is at step {option}.'}}}}"
                for option in range(1, 6)
            ),
        ]
    return "\n".join(lines) + "\n"


def option(question: int) -> int:
    """What is answered to each question, so that no two neighbours are the same."""
    return question * 2 % 5 + 1


def go_through(sitting: Sitting, moment: Moment | None = None) -> int:
    """Answers question after question, each when it is shown, up to a moment; how many answers were confirmed."""
    confirmed, asked, until = 0, -1, float("inf")
    if moment and not moment.answered:
        until = time.monotonic() + moment.after
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        assert time.monotonic() < deadline, sitting.text[-2000:]
        found = list(SHOWN.finditer(sitting.text))
        if found:
            confirmed = STEPS if found[-1][1] is None else int(found[-1][1])
        if confirmed == STEPS and found:
            break
        # The heading is written before the menu listens; what is typed between may be passed over, as between two prompts.
        if found and confirmed > asked and LISTENS in sitting.text[found[-1].end() :]:
            asked = confirmed
            sitting.press(str(option(confirmed + 1)), "\r")
            if moment and confirmed == moment.answered - 1:
                until = time.monotonic() + moment.after
        if not sitting.read(min(until - time.monotonic(), 5)):
            break
    return confirmed


def break_off(sitting: Sitting, way: str) -> None:
    if way == "window":
        sitting.hang_up()
    elif way == "Ctrl-C":
        sitting.press("\x03")
    else:
        os.kill(sitting.pid, getattr(signal, way))


def confirmed_in(text: str) -> int:
    found = [m[1] for m in SHOWN.finditer(text)]
    return 0 if not found else STEPS if found[-1] is None else int(found[-1])


def answers_in(path: Path) -> dict[str, object]:
    loaded = load(path)
    assert loaded.problems == []
    assert isinstance(loaded.model, Assessment)
    return {question: answer.value for question, answer in loaded.model.answers.items()}


def one_moment(folder: Path, questionnaire: Path, way: str, moment: Moment) -> tuple[int, int]:
    """Breaks a sitting off at a moment, checks the file, resumes; (confirmed, on disk)."""
    sitting = sit(folder, *COMMAND, str(questionnaire))
    try:
        go_through(sitting, moment)
        break_off(sitting, way)
        code = sitting.ends()
    finally:
        sitting.close()
    left = {p.name for p in folder.iterdir()}
    if way == "SIGKILL":
        assert code == -signal.SIGKILL
        assert {name for name in left if not LEFT.fullmatch(name)} <= {"a.yaml"}
    else:
        # Before the program listens, a signal ends it as it ends any other; nothing is written by then.
        assert code == 130 or not left, (code, way, sitting.text[-2000:])
        assert left <= {"a.yaml"}
        assert "Traceback" not in sitting.text
    # All that was written before the end, what nobody had read by then among it.
    confirmed = confirmed_in(sitting.text)
    return confirmed, check_and_resume(folder, questionnaire, confirmed)


def check_and_resume(folder: Path, questionnaire: Path, confirmed: int) -> int:
    """How many answers are on disk, all checked, and the next question asked; leaves nothing but the file."""
    path = folder / "a.yaml"
    answers = answers_in(path) if path.exists() else {}
    assert list(answers) == [f"one.q{n}" for n in range(1, len(answers) + 1)]
    assert list(answers.values()) == [f"o{option(n)}" for n in range(1, len(answers) + 1)]
    assert confirmed <= len(answers) <= confirmed + 1
    again = sit(folder, *COMMAND, str(questionnaire))
    try:
        if len(answers) == STEPS:
            again.sees(f"All {STEPS} questions are answered")
        else:
            again.sees(f"Question {len(answers) + 1} of {STEPS}, {len(answers)} answered")
            again.sees(LISTENS)
        again.press("\x04")
        assert again.ends() == 130
    finally:
        again.close()
    assert answers_in(path) == answers
    assert [p.name for p in folder.iterdir()] == ["a.yaml"]
    return len(answers)


def test_at_seeded_random_moments_nothing_confirmed_is_lost(questionnaire: Path, tmp_path: Path) -> None:
    # How long starting and a question take here and now, so that the moments lie all over both.
    (tmp_path / "whole").mkdir()
    whole = sit(tmp_path / "whole", *COMMAND, str(questionnaire))
    began = time.monotonic()
    while not SHOWN.search(whole.text):
        assert whole.read(5), whole.text
    started = time.monotonic()
    assert go_through(whole) == STEPS
    a_question = (time.monotonic() - started) / STEPS
    whole.close()
    draw = random.Random(SEED)
    plan = []
    for number in range(MOMENTS):
        answered = draw.randrange(STEPS + 1)
        lasts = a_question if answered else started - began
        plan.append((WAYS[number % len(WAYS)], Moment(answered, draw.random() * lasts * 1.5)))
    folders = [tmp_path / str(n) for n in range(MOMENTS)]
    for folder in folders:
        folder.mkdir()
    with ThreadPoolExecutor(3) as pool:
        done = pool.map(lambda at: one_moment(at[0], questionnaire, *at[1]), zip(folders, plan, strict=True))
        results = list(done)
    # The moments were spread over the interview: what was confirmed before the last key is always there.
    for (_, moment), (_, held) in zip(plan, results, strict=True):
        assert held >= moment.answered - 1
    assert len({held for _, held in results}) > STEPS // 2


# Dies before the call of that number, or right after it; the calls are all by which a file is made and put in place.
AT_A_CALL = """
import os, signal, tempfile
from pathlib import Path

left = [{number}]

def deadly(call):
    def made(*arguments, **more):
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        result = call(*arguments, **more)
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return result
    return made

for place, name in ((os, "fsync"), (os, "link"), (tempfile, "mkstemp"), (Path, "chmod"), (Path, "replace"), (Path, "unlink")):
    setattr(place, name, deadly(getattr(place, name)))
"""


def test_killed_at_every_call_of_a_save_the_file_is_old_or_new(questionnaire: Path, tmp_path: Path) -> None:
    def at_call(number: int) -> tuple[int, int]:
        folder = tmp_path / str(number)
        folder.mkdir()
        sitting = sit(
            folder, *COMMAND, str(questionnaire), prelude=AT_A_CALL.replace("{number}", str(number))
        )
        try:
            go_through(sitting)
            assert sitting.ends() == -signal.SIGKILL
        finally:
            sitting.close()
        confirmed = confirmed_in(sitting.text)
        return confirmed, check_and_resume(folder, questionnaire, confirmed)

    # Six calls make the file, five save an answer; two moments each.
    with ThreadPoolExecutor(3) as pool:
        results = list(pool.map(at_call, range(1, 2 * (6 + 5 + 5) + 1)))
    assert results[0] == (0, 0)
    assert results[-1][1] == 2
    # Some were killed when the answer was on disk and the next question not yet on the screen.
    assert any(held > confirmed for confirmed, held in results)
