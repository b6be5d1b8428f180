"""A benchmark as a file: every figure of a comparison, as far as its mode lets it show them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from maturity.models.benchmark import Benchmark

BENCHMARK_FORMAT: Final = "maturity-benchmark/1"


@dataclass(frozen=True, slots=True)
class BenchmarkFile(Benchmark):
    """What ``maturity benchmark --json`` writes.

    Where `disclosure` says that organisations are unnamed, counts that are None are suppressed, and so are medians and
    quartiles; `members`, `standings` and `differences` list only the reader's own.
    """

    format: Literal["maturity-benchmark/1"] = BENCHMARK_FORMAT
