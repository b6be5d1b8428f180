"""Files of answers made from the example's: by leaving councils out, and by changing answers."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import yaml

from recount_scores import ROOT, Question, loaded, questions

EXAMPLES = ROOT / "examples"
DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
Edit = Callable[[dict[str, Any]], None]
"""Changes a file's content in place."""


def written(folder: Path, source: Path, edit: Edit | None = None, names: Sequence[str] | None = None) -> Path:
    """The folder, with the files of `source` in it, changed; only those `names`, where there are any."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in sorted(source.glob("*.yaml")):
        if names is None or path.stem in names:
            raw = {**loaded(path)}
            raw["answers"] = {**raw["answers"]}
            if edit:
                edit(raw)
            (folder / path.name).write_text(
                yaml.dump(raw, None, DUMPER, allow_unicode=True, sort_keys=False), "utf-8"
            )
    return folder


def of_period(period: str, *, seed: int, share: float = 0.2, missing: float = 0.0) -> Edit:
    """Another period's answers: a share of them given anew by chance, and some not at all."""
    rng = random.Random(seed)

    def edit(raw: dict[str, Any]) -> None:
        raw["period"] = period
        asked = questions(raw["questionnaire"]["version"])
        for name in list(raw["answers"]):
            if rng.random() < missing:
                del raw["answers"][name]
            elif rng.random() < share and asked[name].type != "text":
                raw["answers"][name] = some_answer(asked[name], rng)

    return edit


def some_answer(question: Question, rng: random.Random) -> Any:
    """A sound answer, by chance."""
    if question.type == "number":
        assert question.bounds is not None
        return rng.choice(["dont_know", rng.randint(*map(int, question.bounds))])
    if question.type == "several":
        open_ = [o for o in question.options if o not in question.exclusive]
        return sorted(rng.sample(open_, rng.randint(1, len(open_))), key=question.options.index)
    return rng.choice(question.options)


def answered(*, seed: int) -> Edit:
    """Answers to most of what has none yet."""
    rng = random.Random(seed)

    def edit(raw: dict[str, Any]) -> None:
        for name, question in questions(raw["questionnaire"]["version"]).items():
            if question.type != "text" and not raw["answers"].get(name) and rng.random() < 0.9:
                raw["answers"][name] = some_answer(question, rng)

    return edit


def migrated(path: Path, folder: Path, command: Callable[..., Any]) -> Path:
    """The folder, with the files under `path` carried over to version 2.0.0 by the program itself."""
    command("migrate", path, "--to", "2.0.0", "-o", folder, "--force")
    return folder
