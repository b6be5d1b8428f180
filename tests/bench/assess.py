"""How long somebody before a terminal waits for `maturity assess`, against a bare questionary loop that saves nothing.

Both ask the same ninety questions in the same kind of pseudo-terminal, driven by the same hand; a question is there
when its text and its last option are. The hand presses Enter when nothing has been drawn for a while, as people do.
"""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import select
import signal
import statistics
import struct
import sys
import tempfile
import termios
import time
from pathlib import Path

QUESTIONS = 90
STARTS = 9
QUIET = 0.03
"""So many seconds without a new character are a screen at rest."""
PATIENCE = 60.0
SEQUENCES = re.compile(rb"\x1b\[[0-9;?]*[a-zA-Z]")

BARE = """
import json
import sys
from pathlib import Path

import questionary

answers = {}
for question in json.loads(Path(sys.argv[1]).read_text()):
    answers[question["text"]] = questionary.select(question["text"], choices=question["options"]).unsafe_ask()
"""


def rows() -> list[tuple[str, float, float]]:
    """(What is compared, the ratio measured, the most it may be)."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        asked = folder / "ninety.yaml"
        asked.write_text(_questionnaire(), encoding="utf-8")
        (folder / "bare.py").write_text(BARE, encoding="utf-8")
        (folder / "asked.json").write_text(json.dumps(_questions()), encoding="utf-8")
        bare = [sys.executable, str(folder / "bare.py"), str(folder / "asked.json")]

        def ours(number: int) -> list[str]:
            path = folder / f"{number}.yaml"
            return [
                *(sys.executable, "-m", "maturity", "assess", str(path)),
                *("--council", "Cardiff", "--period", "2026", "-q", str(asked)),
            ]

        starts = []
        for number in range(STARTS + 1):
            ratio = _start(ours(number)) / _start(bare)
            if number:  # the first of each fills the system's caches
                starts.append(ratio)
        steps = _steps(ours(STARTS + 1), bare)
        saved = (folder / f"{STARTS + 1}.yaml").read_text(encoding="utf-8")
        assert len(re.findall(r"^  one\.q\d+: o1$", saved, re.MULTILINE)) == QUESTIONS
    return [
        (
            "assess: from key press to next question, saved to disk, against a bare questionary loop",
            statistics.median(steps),
            3,
        ),
        ("assess: start to first question, against the same loop's", statistics.median(starts), 4),
    ]


class Driven:
    """A program on a pseudo-terminal of its own."""

    def __init__(self, command: list[str]) -> None:
        self.began = time.perf_counter()
        self.pid, self.handle = pty.fork()
        if not self.pid:
            os.environ.update(TERM="xterm-256color", PROMPT_TOOLKIT_NO_CPR="1", LANG="C.UTF-8")
            os.execv(command[0], command)
        fcntl.ioctl(self.handle, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 100, 0, 0))
        self.seen = b""

    def until(self, *texts: str) -> float:
        """Waits until all of it was drawn; the moment."""
        wanted = [text.encode() for text in texts]
        while not all(text in self.seen for text in wanted):
            if not self._read(PATIENCE):
                raise AssertionError(f"{texts} never came: {self.seen[-2000:]!r}")
        return time.perf_counter()

    def rest(self) -> None:
        """Waits until nothing more is drawn, and forgets what was."""
        while self._read(QUIET):
            pass
        self.seen = b""

    def choose_first(self, by_digit: bool) -> None:
        """Moves to the first option: ours has none chosen beforehand, the bare loop has this one."""
        self.rest()
        if by_digit:
            os.write(self.handle, b"1")
            self.rest()

    def press(self) -> float:
        """Enter; the moment."""
        pressed = time.perf_counter()
        os.write(self.handle, b"\r")
        return pressed

    def close(self) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.handle)

    def _read(self, seconds: float) -> bool:
        if not select.select([self.handle], [], [], seconds)[0]:
            return False
        try:
            self.seen = SEQUENCES.sub(b"", self.seen + os.read(self.handle, 65536))
        except OSError:
            return False
        return True


def _start(command: list[str]) -> float:
    program = Driven(command)
    try:
        return program.until(*_marks(1)) - program.began
    finally:
        program.close()


def _steps(ours: list[str], bare: list[str]) -> list[float]:
    """The ratio at each question; both programs are at the same question, and wait for their turn."""
    programs = [Driven(ours), Driven(bare)]
    try:
        for program in programs:
            program.until(*_marks(1))
        ratios = []
        for number in range(2, QUESTIONS + 1):
            times = []
            for program in programs:
                program.choose_first(program is programs[0])
                pressed = program.press()
                times.append(program.until(*_marks(number)) - pressed)
            ratios.append(times[0] / times[1])
        programs[0].choose_first(True)
        programs[0].press()
        programs[0].until(f"All {QUESTIONS} questions are answered")
        return ratios
    finally:
        for program in programs:
            program.close()


def _questions() -> list[dict[str, object]]:
    return [
        {
            "text": f"How far is matter {n} settled?",
            "options": [f"Step {o} of matter {n}." for o in range(1, 6)],
        }
        for n in range(1, QUESTIONS + 1)
    ]


def _marks(number: int) -> tuple[str, str]:
    return f"How far is matter {number} settled?", f"Step 5 of matter {number}."


def _questionnaire() -> str:
    lines = [
        "format: maturity-questionnaire/1",
        "id: ninety",
        "version: 1.0.0",
        "languages: [en]",
        "title: {en: Ninety}",
        "description: {en: Ninety questions.}",
        "dimensions:",
        "  - {id: one, name: {en: One}, themes: [{id: only, name: {en: Only}, questions: [",
    ]
    for number, question in enumerate(_questions(), start=1):
        options = question["options"]
        assert isinstance(options, list)
        written = ", ".join(f"{{id: o{o}, text: {{en: {text}}}}}" for o, text in enumerate(options, start=1))
        lines.append(
            f"    {{id: one.q{number}, type: level, text: {{en: '{question['text']}'}}, options: [{written}]}},"
        )
    return "\n".join(lines) + "\n  ]}]}\n"


if __name__ == "__main__":
    for name, ratio, bound in rows():
        print(f"{ratio:6.2f}  {bound:6.2f}  {name}")
