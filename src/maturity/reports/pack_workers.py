"""Makes councils' reports in several processes: the same as in one, in order, and no process is left behind.

The processes are started as those that read files are (intake/processes.py). What one of them does not make, because it
was ended from outside or came upon a mistake of ours, is made by the caller itself.
"""

from __future__ import annotations

import pickle
import subprocess
from collections import deque
from collections.abc import Generator, Sequence
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Semaphore, Thread

from maturity.intake.processes import close, code_of, packed, processors, started
from maturity.reports.pack import Files, Pack, pack_council
from maturity.reports.pack_worker import main

FEWEST = 10
"""So many pages with their workbooks, and more, are made by several processes: starting one takes as long as four."""
AHEAD = 24
"""How many councils' reports may wait here for their turn."""
_CODE = code_of(main)
_Heard = tuple[str, Files | None] | None


def pack_reports(
    pack: Pack, codes: Sequence[str], workers: int | None = None
) -> Generator[tuple[str, Files], None, None]:
    """Each council's code and its reports, in the order of `codes`. Close what this gives, so that no process outlives an
    interruption. Raises KeyError for a council that did not submit.

    `workers` is how many processes make them; without it as many as pay: none besides this one for few.
    """
    wanted = min(len(codes), _paying(len(codes) * len(pack.languages)) if workers is None else workers)
    # A caller's own register may be anything, and of a kind that cannot be sent.
    known = packed(pack) if wanted > 1 else None
    if known is None:
        yield from ((code, pack_council(pack.job(code))) for code in codes)
    else:
        yield from _Crew(pack, codes, known).reports(wanted)


def _paying(reports: int) -> int:
    return 1 if reports < FEWEST else processors()


class _Crew:
    """The processes, each with a thread that asks it and listens; what they are still to make, and what they made."""

    def __init__(self, pack: Pack, codes: Sequence[str], known: bytes) -> None:
        self.pack, self.codes, self.known = pack, codes, known
        self.waiting = deque(codes)
        self.heard: SimpleQueue[_Heard] = SimpleQueue()
        self.early: dict[str, Files | None] = {}
        self.room = Semaphore(AHEAD)
        self.serving: list[subprocess.Popen[bytes]] = []
        self.alive = 0

    def reports(self, workers: int) -> Generator[tuple[str, Files], None, None]:
        try:
            for _ in range(workers):
                self._start()
            for code in self.codes:
                while self.alive and code not in self.early:
                    self._hear()
                files = self.early.pop(code, None)
                yield code, pack_council(self.pack.job(code)) if files is None else files
                self.room.release()
        finally:
            self._end()

    def _start(self) -> None:
        process = started(_CODE)
        if process is not None:
            self.serving.append(process)
            self.alive += 1
            Thread(target=self._serve, args=(process,), daemon=True).start()

    def _hear(self) -> None:
        try:
            # Some systems do not let an interrupt through while a thread waits for good.
            said = self.heard.get(timeout=0.5)
        except Empty:
            return
        if said is None:
            self.alive -= 1
        else:
            code, files = said
            self.early[code] = files

    def _serve(self, process: subprocess.Popen[bytes]) -> None:
        """Has a process make one council's reports after the other, until there are no more or it is gone."""
        asked, told = process.stdin, process.stdout
        assert asked is not None and told is not None
        code = None
        try:
            asked.write(self.known)
            while (code := self._next()) is not None:
                pickle.dump(code, asked)
                asked.flush()
                self.heard.put((code, pickle.load(told)))
        except (EOFError, OSError, ValueError, pickle.UnpicklingError):
            if code is not None:
                self.heard.put((code, None))
        finally:
            self.heard.put(None)

    def _next(self) -> str | None:
        self.room.acquire()
        with suppress(IndexError):
            return self.waiting.popleft()
        return None

    def _end(self) -> None:
        self.waiting.clear()
        for process in self.serving:
            process.kill()
            self.room.release()
        for process in self.serving:
            close(process)
