"""Draws the interview's screens for docs/assess.md, from a real sitting in a pseudo-terminal, and what commands print:
``make screens``."""

from __future__ import annotations

import html
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

import pexpect
import pyte
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parent.parent
IMAGES = Path(__file__).parent / "images"
ENTER, END = "\r", "\x1b[F"

# Name → options of the command, columns and rows, and what is pressed when each text stands on the screen.
SCREENS: dict[str, tuple[list[str], tuple[int, int], list[tuple[str, str]]]] = {
    "assess": ([], (89, 30), [("Question 1 of", "")]),
    "assess-help": ([], (89, 36), [("Question 1 of", "h")]),
    "assess-welsh": (["--lang", "cy"], (40, 34), [("Cwestiwn 1", "")]),
    "assess-cy": (["--lang", "cy"], (89, 30), [("Cwestiwn 1 o", "")]),
    "assess-help-cy": (["--lang", "cy"], (89, 36), [("Cwestiwn 1 o", "h")]),
    "assess-review-cy": (["--lang", "cy"], (89, 30), [("Cwestiwn 57 o", "r")]),
    "assess-ending-cy": (
        ["--lang", "cy"],
        (89, 36),
        [
            ("Cwestiwn 57 o", "r"),
            ("Cyflwyno beth bynnag", "4"),
            ("Cyflwyno beth bynnag", ENTER),
            ("1 Na", "2"),
            ("2 Ie", ENTER),
            ("explain", ""),
        ],
    ),
    "assess-plain-cy": (["--lang", "cy", "--plain"], (89, 34), [("Cwestiwn 1 o", "")]),
    "assess-review": ([], (89, 30), [("Question 57 of", "r")]),
    "assess-ending": (
        [],
        (89, 30),
        [
            ("Question 57 of", "r"),
            ("Submit all the same", "4"),
            ("Submit all the same", ENTER),
            ("1 No", "2"),
            ("2 Yes", ENTER),
            ("explain", ""),
        ],
    ),
    "assess-plain": (["--plain"], (89, 34), [("Question 1 of", "")]),
}
# Name → command, columns and rows.
PRINTED: dict[str, tuple[list[str], tuple[int, int]]] = {
    "score": (["score", "examples/wales-2026"], (104, 56)),
    "score-one": (["score", "examples/wales-2026/cardiff.yaml"], (89, 13)),
    "score-cy": (["score", "examples/wales-2026", "--lang", "cy"], (104, 56)),
    "score-one-cy": (["score", "examples/wales-2026/cardiff.yaml", "--lang", "cy"], (89, 13)),
    "benchmark-terminal": (
        ["benchmark", "examples/wales-2026", "--for", "Cardiff", "--lang", "en"],
        (104, 38),
    ),
    "benchmark-terminal-cy": (
        ["benchmark", "examples/wales-2026", "--for", "Caerdydd", "--lang", "cy"],
        (104, 38),
    ),
}
ANSWERED = ("assess-review", "assess-ending", "assess-review-cy", "assess-ending-cy")


def main() -> None:
    """Writes a picture for each screen, light letters on dark."""
    with sync_playwright() as browsers:
        browser = browsers.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        made = {name: (printed(*told), told[1]) for name, told in PRINTED.items()}
        for name, (options, size, steps) in SCREENS.items():
            made[name] = sitting(options, size, steps, answered=name in ANSWERED), size
        for name, (screen, size) in made.items():
            page = browser.new_page(viewport={"width": size[0] * 9 + 29, "height": size[1] * 19 + 20})
            page.set_content(drawn(*screen))
            page.screenshot(path=IMAGES / f"{name}.png")
            page.close()
        browser.close()


def printed(command: list[str], size: tuple[int, int]) -> tuple[pyte.Screen, str]:
    """What a command prints, in colours; the picture has the first rows of it."""
    size = (size[0], 200)
    screen = pyte.Screen(*size)
    stream = pyte.Stream(screen)
    env = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", "PYTHONPATH": str(ROOT / "src")}
    child = pexpect.spawn(
        sys.executable,
        ["-m", "maturity", *command],
        dimensions=size[::-1],
        encoding="utf-8",
        cwd=ROOT,
        env=env,
    )
    while child.isalive():
        feed(child, screen, stream)
    settle(child, screen, stream)
    return screen, str(ROOT.resolve())


def sitting(
    options: list[str], size: tuple[int, int], steps: list[tuple[str, str]], *, answered: bool
) -> tuple[pyte.Screen, str]:
    """The screen after the last step, and the folder that it was in. Raises TimeoutError where a text does not come."""
    screen = pyte.Screen(*size)
    stream = pyte.Stream(screen)
    with tempfile.TemporaryDirectory() as folder:
        command = [
            "-m",
            "maturity",
            "assess",
            "--council",
            "Conwy",
            "--period",
            "2026",
            "--role",
            "Arweinydd digidol" if "cy" in options else "Digital lead",
        ]
        command += ["--name", "Mair Owen"]
        if answered:
            text = (ROOT / "examples" / "wales-2026" / "conwy.yaml").read_text(encoding="utf-8")
            made_up = text.replace("status: submitted\n", "")
            if "cy" in options:
                made_up = made_up.replace("Head of Digital", "Pennaeth Digidol")
            Path(folder, "conwy-2026.yaml").write_text(made_up, encoding="utf-8")
            command = ["-m", "maturity", "assess", "conwy-2026.yaml", "--name", "Mair Owen"]
        env = {**os.environ, "TERM": "xterm-256color", "NO_COLOR": "1", "PYTHONPATH": str(ROOT / "src")}
        child = pexpect.spawn(
            sys.executable, [*command, *options], dimensions=size[::-1], encoding="utf-8", cwd=folder, env=env
        )
        for wanted, pressed in steps:
            until(child, screen, stream, wanted)
            time.sleep(0.5)
            child.send(pressed)
        settle(child, screen, stream)
        child.close(force=True)
    return screen, folder


def until(child: pexpect.spawn[str], screen: pyte.Screen, stream: pyte.Stream, wanted: str) -> None:
    end = time.monotonic() + 20
    while wanted not in "\n".join(screen.display):
        if time.monotonic() > end:
            raise TimeoutError(f"{wanted!r} did not come:\n" + "\n".join(screen.display))
        feed(child, screen, stream)


def settle(child: pexpect.spawn[str], screen: pyte.Screen, stream: pyte.Stream) -> None:
    end = time.monotonic() + 2
    while time.monotonic() < end:
        feed(child, screen, stream)


def feed(child: pexpect.spawn[str], screen: pyte.Screen, stream: pyte.Stream) -> None:
    try:
        came = child.read_nonblocking(65536, 0.2)
    except (pexpect.TIMEOUT, pexpect.EOF):
        return
    stream.feed(came)
    if "\x1b[6n" in came:  # Where is the cursor?
        child.send(f"\x1b[{screen.cursor.y + 1};{screen.cursor.x + 1}R")


def drawn(screen: pyte.Screen, folder: str) -> str:
    """The screen as a page, as if it had been in somebody's own folder."""
    lines = []
    for y in range(screen.lines):
        if folder in screen.display[y]:
            lines.append(html.escape(screen.display[y].replace(folder, "/home/mair/maturity")))
            continue
        cells = (screen.buffer[y][x] for x in range(screen.columns))
        lines.append("".join(_cell(c) for c in cells))
    style = "margin:10px;color:#e6edf3;font:15px/19px 'DejaVu Sans Mono'"
    return (
        f"<meta charset=utf-8><body style='margin:0;background:#0f1b2b'><pre style=\"{style}\">"
        + "\n".join(lines)
    )


def _cell(cell: pyte.screens.Char) -> str:
    shown = html.escape(cell.data or " ")
    style = "font-weight:bold;" * cell.bold + "font-style:italic;" * cell.italics
    ink, paper = (cell.bg, cell.fg) if cell.reverse else (cell.fg, cell.bg)
    style += f"color:{_colour(ink, '#0f1b2b')};" if ink != "default" or cell.reverse else ""
    style += f"background:{_colour(paper, '#e6edf3')};" if paper != "default" or cell.reverse else ""
    return f'<span style="{style}">{shown}</span>' if style else shown


def _colour(name: str, default: str) -> str:
    named = {"default": default, "magenta": "#e879b9", "brightblack": "#8b99a6"}
    return named.get(name, f"#{name}" if len(name) == 6 and name not in ("yellow",) else name)


if __name__ == "__main__":
    main()
