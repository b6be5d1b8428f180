"""How much work something is: processor time, against that of plain work in the same process. No clock on a wall is read,
so that a loaded or slow machine changes nothing."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable
from functools import cache
from typing import TypeVar

from maturity.sources.yaml_reader import read_yaml

T = TypeVar("T")
PLAIN = b"a: [" + b"1, " * 50_000 + b"]"


def spent(work: Callable[[], T]) -> tuple[T, float]:
    """What `work` returns, and the processor seconds that it took."""
    began = time.process_time()
    result = work()
    return result, time.process_time() - began


def spent_by_others(work: Callable[[], T]) -> tuple[T, float]:
    """What `work` returns, and the processor seconds of the processes that it started and waited for."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    result = work()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return result, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


@cache
def plain() -> float:
    """The processor seconds that reading fifty thousand numbers takes here: the least of three."""
    return min(spent(lambda: read_yaml(PLAIN, "plain.yaml"))[1] for _ in range(3))
