"""What all comparisons share: how two actions are timed against each other."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
ROUNDS = 15

Action = Callable[[], object]


def ratio(ours: Action, theirs: Action, rounds: int = ROUNDS) -> float:
    """The median of the ratios of runs made in turn, after one of each that is not counted.

    Time is the processor's, of this process and those it starts: what else runs on the machine counts little.
    """
    ratios = []
    for counted in range(rounds + 1):
        one, other = seconds(ours), seconds(theirs)
        if counted:
            ratios.append(one / other)
    return statistics.median(ratios)


def seconds(action: Action) -> float:
    """Seconds of processor time that an action takes, with the processes that it starts and waits for."""
    began = _spent()
    action()
    return _spent() - began


def _spent() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def process(*words: str | Path) -> Action:
    """Runs a whole process, which must end with 0. It may keep Python's bytecode, as whatever is installed does."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    nowhere = subprocess.DEVNULL
    return lambda: subprocess.run(words, check=True, stdout=nowhere, stderr=nowhere, cwd=ROOT, env=env)


def in_turn(actions: Sequence[Action]) -> Action:
    """One action after the other."""

    def all_of_them() -> None:
        for action in actions:
            action()

    return all_of_them


def many(action: Action, times: int = 20) -> Action:
    """An action so many times, where it is too short to be timed alone."""
    return in_turn([action] * times)
