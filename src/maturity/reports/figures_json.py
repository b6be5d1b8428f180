"""A benchmark as JSON: the same figures that the page and the workbook draw from."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from maturity.benchmark.disclosure import disclose
from maturity.models.benchmark import Benchmark
from maturity.models.benchmark_file import BENCHMARK_FORMAT
from maturity.models.text import Text


def benchmark_json(benchmark: Benchmark) -> str:
    """A file of the format maturity-benchmark/1 (`maturity schema benchmark`): every figure that the benchmark's mode
    lets it show, unrounded where its scorecards are. Members' answers are not in it, their scorecards are.
    """
    if benchmark.disclosure is None:
        benchmark = disclose(benchmark, "named")
    data = {"format": BENCHMARK_FORMAT, **asdict(benchmark)}
    return json.dumps(data, ensure_ascii=False, indent=1, default=_plain) + "\n"


def _plain(value: Any) -> Any:
    if isinstance(value, Text):
        return dict(value.root)
    raise TypeError(f"no JSON for {type(value).__name__}")
