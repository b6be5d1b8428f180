"""Reads many files in several processes: in order, with little in memory, and none of them left behind.

The processes are started by hand rather than by Python's own pools: those run the caller's script again, cannot tell
which file a process died of, and leave processes behind where the caller is killed. These know nothing but the
library, each has its own pipe, and ends when it is closed, by whatever end its caller comes to.
"""

from __future__ import annotations

import pickle
import subprocess
from collections import Counter, deque
from collections.abc import Generator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Literal

from maturity.intake.parcels import unpacked
from maturity.intake.processes import close, code_of, packed, processors, started
from maturity.intake.reading import Manner, Reading, ToRead, read
from maturity.intake.worker import main
from maturity.models.problem import Kind, Place, Problem

DIED = Kind(
    "I140",
    "error",
    "Reading this file ended the process that read it, twice: nothing of it counts.",
    "Do not open it; ask the sender for a copy saved anew as .xlsx or .csv. If memory is short, read fewer files at once.",
)
FEWEST = 250
"""So many files, and more, are read by several processes: starting them takes as long as reading some fifty."""
ASKED, AHEAD = 6, 48
"""How many files each is asked for at once, and how far ahead of the file that is due they may read."""
TRIES = 2
_CODE = code_of(main)
_Heard = tuple["_Worker", tuple[int, bytes | None] | Literal["ready", "gone"]]


def readings(
    files: Sequence[ToRead], manner: Manner, workers: int | None = None
) -> Generator[Reading, None, None]:
    """Each file's reading, in order. Close what this gives, so that no process outlives an interruption.

    `workers` is how many processes read; without it as many as pay: none besides this one for few files.
    """
    wanted = paying(len(files)) if workers is None else workers
    # A caller's own register may be anything, and of a kind that cannot be sent.
    job = packed(manner) if wanted > 1 else None
    if job is None:
        yield from (read(file, manner) for file in files)
    else:
        yield from _Crew(files, manner, job).readings(wanted)


def paying(files: int) -> int:
    """How many processes it pays to start for so many files; 1 is this one alone."""
    return 1 if files < FEWEST else processors()


@dataclass(eq=False, slots=True)
class _Worker:
    """A process, and the numbers of the files that it was asked for, in order."""

    process: subprocess.Popen[bytes]
    asked: deque[int] = field(default_factory=deque)
    ready: bool = False

    def ask(self, what: bytes) -> None:
        """One that died says so by itself: nothing more is heard of it."""
        assert self.process.stdin is not None
        with suppress(OSError):
            self.process.stdin.write(what)
            self.process.stdin.flush()

    def listen(self, heard: SimpleQueue[_Heard]) -> None:
        """Hands on what it says, and at last that there is no more."""
        assert self.process.stdout is not None
        try:
            while True:
                heard.put((self, pickle.load(self.process.stdout)))
        except (EOFError, OSError, ValueError, pickle.UnpicklingError):
            heard.put((self, "gone"))


class _Crew:
    """The processes, what they are still to read, and what came before its turn."""

    def __init__(self, files: Sequence[ToRead], manner: Manner, job: bytes) -> None:
        self.files, self.manner, self.job = files, manner, job
        self.waiting = deque(range(len(files)))
        self.early: dict[int, Reading] = {}
        self.tries: Counter[int] = Counter()
        self.workers: set[_Worker] = set()
        self.heard: SimpleQueue[_Heard] = SimpleQueue()
        self.due = 0

    def readings(self, workers: int) -> Generator[Reading, None, None]:
        try:
            for _ in range(workers):
                self._start()
            while self.due < len(self.files):
                self._ask()
                if self.due in self.early:
                    reading = self.early.pop(self.due)
                elif self.workers:
                    self._hear()
                    continue
                else:
                    # No process can be started here, or none stays alive: this one does the rest.
                    reading = read(self.files[self.due], self.manner)
                self.due += 1
                yield reading
        finally:
            self._end()

    def _start(self) -> None:
        process = started(_CODE)
        if process is None:
            return
        worker = _Worker(process)
        self.workers.add(worker)
        Thread(target=worker.listen, args=(self.heard,), daemon=True).start()
        worker.ask(self.job)

    def _ask(self) -> None:
        """Keeps each busy, though not far ahead: what it reads waits here."""
        for worker in self.workers:
            if not worker.ready or len(worker.asked) > ASKED // 2:
                continue
            more: list[int] = []
            while self.waiting and len(worker.asked) < ASKED and self.waiting[0] < self.due + AHEAD:
                more.append(self.waiting.popleft())
                worker.asked.append(more[-1])
            if more:
                worker.ask(pickle.dumps([(number, self.files[number]) for number in more]))

    def _hear(self) -> None:
        try:
            # Some systems do not let an interrupt through while a thread waits for good.
            worker, said = self.heard.get(timeout=0.5)
        except Empty:
            return
        if said == "gone":
            self._lost(worker)
        elif said == "ready":
            worker.ready = True
        else:
            number, content = said
            worker.asked.remove(number)
            self.early[number] = (
                read(self.files[number], self.manner) if content is None else unpacked(content)
            )

    def _lost(self, worker: _Worker) -> None:
        """A process died. What it read is read again by another, and if that dies too, the file is at fault."""
        self.workers.discard(worker)
        close(worker.process)
        if worker.asked:
            fatal = worker.asked[0]
            self.tries[fatal] += 1
            if self.tries[fatal] >= TRIES:
                worker.asked.popleft()
                self.early[fatal] = Reading(problems=[Problem(DIED, Place(str(self.files[fatal].path)))])
        self.waiting = deque(sorted([*self.waiting, *worker.asked]))
        if worker.ready:
            self._start()

    def _end(self) -> None:
        for worker in self.workers:
            worker.process.kill()
        for worker in self.workers:
            close(worker.process)
        self.workers.clear()
