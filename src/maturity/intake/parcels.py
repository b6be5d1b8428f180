"""What travels between processes that read: a reading as bytes, and back.

Whole answers travel one by one, each as its own bytes: of thousands of councils many give the same, which is then packed
once where it is read, and is one thing in memory where it arrives. What is `Held` is small as it is.
"""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from sys import intern

from maturity.intake.held import Held
from maturity.intake.reading import Reading
from maturity.models.assessment import Answer, Assessment

MOST_KEPT = 4_000
_SENT: dict[int, tuple[Answer, bytes]] = {}
_RECEIVED: dict[bytes, Answer] = {}


def parcel(reading: Reading) -> bytes:
    """The reading as bytes."""
    answers = [(*_apart(one), place) for one, place in reading.answers]
    rest = (reading.problems, reading.unsound, reading.left_aside)
    return pickle.dumps((answers, *rest), pickle.HIGHEST_PROTOCOL)


def unpacked(content: bytes) -> Reading:
    """A reading from its bytes, which came from a process of our own."""
    answers, problems, unsound, left_aside = pickle.loads(content)
    together = [(_together(one, raws), place) for one, raws, place in answers]
    return Reading(together, problems, unsound, left_aside)


def _apart(one: Assessment | Held) -> tuple[Assessment | Held, Mapping[str, bytes]]:
    if isinstance(one, Held):
        return one, {}
    raws = {question: _bytes(answer) for question, answer in one.answers.items()}
    return one.model_copy(update={"answers": {}}), raws


def _together(one: Assessment | Held, raws: Mapping[str, bytes]) -> Assessment | Held:
    if isinstance(one, Held):
        return one
    answers = {intern(question): _answer(raw) for question, raw in raws.items()}
    return one.model_copy(update={"answers": answers})


def _bytes(answer: Answer) -> bytes:
    # The answer is held so that its id is not given to another.
    sent = _SENT.get(id(answer))
    if sent is None:
        if len(_SENT) >= MOST_KEPT:
            _SENT.clear()
        sent = _SENT[id(answer)] = (answer, pickle.dumps(answer, pickle.HIGHEST_PROTOCOL))
    return sent[1]


def _answer(raw: bytes) -> Answer:
    found = _RECEIVED.get(raw)
    if found is None:
        if len(_RECEIVED) >= MOST_KEPT:
            _RECEIVED.clear()
        found = _RECEIVED[raw] = pickle.loads(raw)
    return found
