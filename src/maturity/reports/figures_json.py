"""A benchmark as JSON: the same figures that the page and the workbook draw from."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from maturity.models.benchmark import Benchmark
from maturity.models.text import Text

BENCHMARK_FORMAT = "maturity-benchmark/1"


def benchmark_json(benchmark: Benchmark) -> str:
    """Every figure, unrounded where the scorecards are. Members' answers are not in it, their scorecards are."""
    return (
        json.dumps(
            {"format": BENCHMARK_FORMAT, **asdict(benchmark)}, ensure_ascii=False, indent=1, default=_plain
        )
        + "\n"
    )


def _plain(value: Any) -> Any:
    if isinstance(value, Text):
        return dict(value.root)
    raise TypeError(f"no JSON for {type(value).__name__}")
