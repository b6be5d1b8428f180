"""The bench holds together: each comparison can be found, and says what it compares. `make bench` measures."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).parent / "bench"
COMPARISONS = sorted(path for path in BENCH.glob("*.py") if path.stem not in ("__main__", "filled", "timing"))


@pytest.mark.parametrize("path", COMPARISONS, ids=lambda path: path.stem)
def test_each_comparison_has_its_rows(path: Path) -> None:
    module = ast.parse(path.read_text(encoding="utf-8"))
    functions = {node.name: node for node in module.body if isinstance(node, ast.FunctionDef)}
    assert ast.get_docstring(module)
    assert ast.unparse(functions["rows"].returns or ast.Constant(None)) == "list[tuple[str, float, float]]"


def test_what_is_no_comparison_is_told() -> None:
    done = subprocess.run(
        [sys.executable, BENCH, "nothing"], capture_output=True, text=True, check=False, cwd=BENCH
    )
    assert done.returncode == 2
    assert ", ".join(path.stem for path in COMPARISONS) in done.stderr
