"""Speed, as ratios against what a user would otherwise run; both sides in turn, in one run, on one machine.

Run it with ``make bench``. It fails where a ratio is over its bound.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROUNDS = 15

# The smallest Typer program with one command that answers --version.
BARE = """
import typer

app = typer.Typer()


def version(wanted: bool):
    if wanted:
        print("0.0.0")
        raise typer.Exit


@app.command()
def hello(version: bool = typer.Option(False, "--version", callback=version, is_eager=True)):
    print("hello")


app()
"""


def main() -> int:
    """Prints every ratio with its bound; returns 1 where one is over."""
    rows = [
        ("maturity --version, against a bare Typer program with one command", start(), 2.5),
        ("scoring 22 assessments of 71 items, against a bare loop that sums value × weight", scoring(), 15),
    ]
    print(f"{'ratio':>6}  {'bound':>6}")
    for name, ratio, bound in rows:
        print(f"{ratio:6.2f}  {bound:6.2f}  {name}{'' if ratio <= bound else '   TOO SLOW'}")
    return int(any(ratio > bound for _, ratio, bound in rows))


def start() -> float:
    """`maturity --version` as a whole process, over the same for the smallest Typer program."""
    with tempfile.TemporaryDirectory() as folder:
        bare = Path(folder) / "bare.py"
        bare.write_text(BARE, encoding="utf-8")
        return ratio(
            process([Path(sys.executable).parent / "maturity", "--version"]),
            process([sys.executable, bare, "--version"]),
        )


def scoring() -> float:
    """Answers in memory to whole scorecards, digests and all, over the least loop that adds up what the same answers are worth."""
    from maturity.intake.collect import collect
    from maturity.intake.scored import scorer_for
    from maturity.sources.registers import wales

    collected = collect([Path(__file__).parent.parent / "examples" / "wales-2017"], wales()).assessments
    scorer = scorer_for(collected, None, None)
    worth = {i.id: (i.values, i.bands, i.at_most, i.weight) for i in scorer.plan.items}
    sheets = [{q: a.value for q, a in c.assessment.answers.items()} for c in collected]

    def bare() -> None:
        for answers in sheets:
            total = weights = 0.0
            for question, answer in answers.items():
                if question not in worth or answer is None or answer == "dont_know":
                    continue
                values, bands, at_most, weight = worth[question]
                if isinstance(answer, str):
                    value = values[answer]
                elif isinstance(answer, tuple):
                    value = min(sum(values[a] for a in answer), at_most)
                else:
                    value = [v for start, v in bands if answer >= start][-1]
                total += value * weight
                weights += weight
            assert total / weights >= 0

    def many(action: Callable[[], object]) -> Callable[[], None]:
        def repeated() -> None:
            for _ in range(20):
                action()

        return repeated

    return ratio(many(lambda: [scorer.score(c.assessment) for c in collected]), many(bare))


def process(words: list[str | Path]) -> Callable[[], None]:
    """Runs a whole process."""
    return lambda: subprocess.run(words, check=True, stdout=subprocess.DEVNULL).check_returncode()


def ratio(ours: Callable[[], None], theirs: Callable[[], None]) -> float:
    """The median of the ratios of runs made in turn, after one of each that is not counted."""
    ratios = []
    for counted in range(ROUNDS + 1):
        times = []
        for action in (ours, theirs):
            began = time.perf_counter()
            action()
            times.append(time.perf_counter() - began)
        if counted:
            ratios.append(times[0] / times[1])
    return statistics.median(ratios)


if __name__ == "__main__":
    sys.exit(main())
