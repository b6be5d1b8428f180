"""A user's folder of templates: what it changes, and that it changes nothing else and takes nothing over."""

from __future__ import annotations

import base64
import datetime as dt
import os
import pickle
import re
import signal
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from types import FunctionType, MethodType, SimpleNamespace
from typing import Any

import pytest
import typer
from pydantic import BaseModel
from typer.testing import CliRunner

from browser_pages import LONG
from maturity.benchmark.disclosure import disclose
from maturity.cli import commands
from maturity.models.assessment import Assessment
from maturity.models.benchmark import Benchmark, Member, Standing
from maturity.models.firm import Firm
from maturity.models.problem import MaturityError, Problem
from maturity.models.scorecard import Scorecard
from maturity.models.summary import Difference
from maturity.reports import html, sandbox, summary
from maturity.reports.html import benchmark_page, council_page, render
from maturity.reports.logo import MOST_BYTES as MOST_OF_A_LOGO
from maturity.reports.logo import logo_problem
from maturity.reports.pack import Pack, pack_index
from maturity.reports.summary import council_summary
from maturity.reports.theme import MOST_BYTES, MOST_FILES, Theme, open_theme
from maturity.reports.theme_style import contrast, style_problems
from maturity.scoring.score import Scorer
from report_data import benchmark_of, questionnaire, register, rubric, scorer_of
from theme_data import ALLOWED, ATTACKS, ESCAPES

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "examples" / "theme"
GUIDE = ROOT / "docs" / "templates.md"
DAY = dt.date(2026, 11, 22)
OWN = "X00000003"
MARK = base64.b64encode((EXAMPLE / "logo.svg").read_bytes()).decode()
# A page of the small questionnaire takes a twentieth of these.
STEPS = 25_000
ENDLESS = 10
"""Seconds of computing, of which the hardest of these attacks takes less than one."""


class Small:
    """A small benchmark as the council of OWN sees it."""

    def __init__(self) -> None:
        self.scorer: Scorer = scorer_of(questionnaire(), rubric())
        self.named, answers = benchmark_of(self.scorer, register(12))
        self.seen: Benchmark = disclose(self.named, "own", OWN)
        self.answers: Assessment = answers[OWN][0]

    def council(self, theme: Theme | None = None, language: Any = "en") -> str:
        made: dict[str, Any] = {"assessment": self.answers, "made_on": DAY, "theme": theme}
        return council_page(self.scorer, self.seen, OWN, language, **made)

    def summary(self, theme: Theme | None = None, language: Any = "en") -> str:
        made: dict[str, Any] = {"assessment": self.answers, "made_on": DAY, "theme": theme}
        return council_summary(self.scorer, self.seen, OWN, language, **made)


@pytest.fixture(scope="module")
def small() -> Small:
    return Small()


def contexts(small: Small) -> dict[str, dict[str, Any]]:
    """What the templates of a council's page and of its summary are given."""
    found: dict[str, dict[str, Any]] = {}

    def caught(template: str, _language: str, **context: Any) -> str:
        found[template] = context
        return ""

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(html, "render", caught)
        patch.setattr(summary, "render", caught)
        small.council()
        small.summary()
    return found


@pytest.fixture(scope="module")
def context(small: Small) -> dict[str, Any]:
    given = contexts(small)["council.html.j2"]
    del given["theme"]
    return given


def folder(at: Path, **files: str) -> Path:
    """A folder of templates; `__` stands for the dot in a name."""
    for name, text in files.items():
        (at / name.replace("__", ".")).write_text(text, encoding="utf-8")
    return at


def told(at: Path) -> list[tuple[str, str, int | None]]:
    """Code, file and line of everything that is said of a folder."""
    try:
        return [_told(p) for p in open_theme(at)[1]]
    except MaturityError as error:
        return [_told(p) for p in error.problems]


def _told(problem: Problem) -> tuple[str, str, int | None]:
    assert "{" not in problem.message().replace("{x", "") or problem.kind.code.startswith("F32")
    return problem.kind.code, Path(problem.place.file).name, problem.place.line


# What a theme does


def test_the_example_changes_what_it_says_and_nothing_else(small: Small) -> None:
    theme, warnings = open_theme(EXAMPLE)
    assert warnings == ()
    for language, welcome, name in (
        ("en", "A word from the leader", "Aberwastad Council"),
        ("cy", "Gair gan yr arweinydd", "Cyngor Aberwastad"),
    ):
        plain, page = small.council(None, language), small.council(theme, language)
        assert welcome in page and welcome not in plain
        assert f'<img class="logo" src="data:image/svg+xml;base64,{MARK}" alt="{name}">' in page
        assert "--heading: #0b5345" in page and page.index("#0b5345") > page.index("--heading: #12436d")
        style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
        assert style is not None and html.source_hash(style[1]) in page[:600]
        # Every line of ours is still there, but for the sign, the style and its hash.
        gone = set(plain.splitlines()) - set(page.splitlines())
        assert [
            line for line in gone if not re.search("sign|Content-Security|rect class=.level|</style", line)
        ] == []
    assert "Questions: ask the digital team." in small.council(theme)


def test_it_dresses_every_page(small: Small) -> None:
    theme, _ = open_theme(EXAMPLE)
    pages = [
        benchmark_page(small.scorer, small.named, "cy", made_on=DAY, theme=theme),
        small.summary(theme),
        pack_index(Pack(small.scorer, small.named, {}, ("en",), DAY, theme), "en"),
    ]
    for page in pages:
        assert MARK in page and "#0b5345" in page and "leader" not in page


def test_one_part_is_replaced_for_all_pages(small: Small, tmp_path: Path) -> None:
    ours = ("on_screen_only", "level_table", "limits", "outcomes", "versions", "definitions")
    given = '{% import "maturity/parts.html.j2" as ours with context %}'
    given += "".join(f"{{% set {name} = ours.{name} %}}" for name in ours)
    given += "{% macro buttons() %}<p>¤buttons¤</p>{% endmacro %}"
    glance = '{% include "maturity/glance.html.j2" %}<p>¤glance¤</p>'
    theme, warnings = open_theme(folder(tmp_path, parts__html__j2=given, glance__html__j2=glance))
    assert warnings == ()
    page = small.council(theme)
    assert (
        "¤buttons¤" in page
        and "¤glance¤" in page
        and "t-versions" in page
        and 'data-sections="open"' not in page
    )
    assert "¤glance¤" in small.summary(theme)
    theme, _ = open_theme(folder(tmp_path, parts__html__j2="{% macro buttons() %}{% endmacro %}"))
    with pytest.raises(MaturityError) as caught:
        small.council(theme)
    assert [p.kind.code for p in caught.value.problems] == ["F322"]


def test_it_goes_to_other_processes(small: Small) -> None:
    theme, _ = open_theme(EXAMPLE)
    assert small.council(pickle.loads(pickle.dumps(theme))) == small.council(theme)


def test_the_guides_example_works(small: Small, tmp_path: Path) -> None:
    """Each block of the guide that begins with a file's name is that file."""
    blocks = re.findall(r"`([\w.]+)`:\n\n```\w*\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    assert {name for name, _ in blocks} >= {"theme.css", "extra_council_welcome.html.j2", "council.html.j2"}
    for name, text in blocks:
        (tmp_path / name).write_text(text, encoding="utf-8")
    theme, warnings = open_theme(tmp_path)
    assert warnings == ()
    for language in ("en", "cy"):
        page = small.council(theme, language)
        assert "welcome" in page and "own-words" in page
    assert "#6a1a4c" in small.summary(theme)


def test_the_guide_says_what_a_page_has(small: Small) -> None:
    guide = GUIDE.read_text(encoding="utf-8")
    for given in contexts(small).values():
        for name in set(given) - {"theme"}:
            assert re.search(rf"^\| `{name}` \|", guide, re.MULTILINE), name
    for page in ("base", "council", "benchmark", "summary"):
        source = (ROOT / "templates" / f"{page}.html.j2").read_text(encoding="utf-8")
        for block in re.findall(r"{% block (\w+) %}", source):
            assert f"`{block}`" in guide, block


def test_a_template_can(context: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # A section alone is no page, and has no policy.
    monkeypatch.setattr("maturity.reports.themed._escape", lambda *_: None)
    for n, (text, wanted) in enumerate(ALLOWED.items()):
        name = f"extra_council_{n}.html.j2"
        theme, warnings = open_theme(folder(tmp_path, **{name.replace(".", "__"): text}))
        assert warnings == () and render(name, "en", theme=theme, **context) == wanted
        (tmp_path / name).unlink()


# What a theme cannot do


SAMPLE = {k: v for n, (k, v) in enumerate(ATTACKS.items()) if LONG or n % 2 == 0 or v[1] != "F324"}


@pytest.fixture
def ends() -> Iterator[None]:
    """Fails a test that computes on and on, as without the limits it would: by the time of its own work, not the clock's,
    and far beyond what any takes on a slow machine."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def give_up(*_: object) -> None:
        pytest.fail(f"still at work after {ENDLESS} seconds of computing")

    before = signal.signal(signal.SIGVTALRM, give_up)
    signal.setitimer(signal.ITIMER_VIRTUAL, ENDLESS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


@pytest.mark.parametrize("what", SAMPLE)
@pytest.mark.usefixtures("ends")
def test_a_template_cannot(
    what: str, context: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sandbox, "MOST_STEPS", STEPS)
    text, code, line = ATTACKS[what]
    folder(tmp_path, extra_council__html__j2=text)
    try:
        theme, _ = open_theme(tmp_path)
        render("extra_council.html.j2", "en", theme=theme, **context)
        found = []
    except MaturityError as error:
        found = [_told(problem) for problem in error.problems]
    assert found == [(code, "extra_council.html.j2", line)]


@pytest.mark.parametrize("what", ESCAPES)
def test_a_page_stays_under_its_policy(what: str, small: Small, tmp_path: Path) -> None:
    name, text = ESCAPES[what]
    (tmp_path / name).write_text(text, encoding="utf-8")
    theme, _ = open_theme(tmp_path)
    with pytest.raises(MaturityError) as caught:
        small.council(theme)
    assert [p.kind.code for p in caught.value.problems] == ["F326"]


def test_a_fault_of_ours_is_not_the_themes(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    theme, _ = open_theme(EXAMPLE)
    monkeypatch.setattr("maturity.reports.html.Answers", lambda *_: SimpleNamespace())
    with pytest.raises(Exception, match="overall") as caught:
        small.council(theme)
    assert not isinstance(caught.value, MaturityError)


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    folder(
        tmp_path,
        extra_council__html__j2="a\n{% for %}",
        extra_benchmark_more__html__j2='\n<p style="color: red">\n<script>1</script>',
        council__html__j2='\n{% extends "council2.html.j2" %}',
        theme__css=":root {\n  --ink: #777;\n",
        extra_summary__html__j2="",
        README__md="Ours",
    )
    (tmp_path / "logo.png").write_bytes(b"GIF89a")
    assert told(tmp_path) == [
        ("F321", "council.html.j2", 2),
        ("F327", "extra_benchmark_more.html.j2", 2),
        ("F327", "extra_benchmark_more.html.j2", 3),
        ("F320", "extra_council.html.j2", 2),
        ("R323", "extra_summary.html.j2", None),
        ("R324", "logo.png", None),
        ("R324", "logo.png", None),
        ("R325", "logo.png", None),
        ("R326", "theme.css", 1),
    ]


def test_files_from_elsewhere_or_too_large_are_not_read(tmp_path: Path) -> None:
    inside = tmp_path / "theme"
    inside.mkdir()
    (tmp_path / "secret.css").write_text("secret")
    (inside / "theme.css").symlink_to(tmp_path / "secret.css")
    (inside / "extra_agenda.html.j2").write_bytes(b"x" * (MOST_BYTES + 1))
    (inside / "extra_council.html.j2").write_bytes(b"t\xff")
    (inside / "sections.html.j2").mkdir()
    wanted = [
        ("R322", "extra_agenda.html.j2", None),
        ("F001", "extra_council.html.j2", 1),
        ("R321", "theme.css", None),
    ]
    if hasattr(os, "mkfifo"):
        os.mkfifo(inside / "council.html.j2")
        wanted = [("F026", "council.html.j2", None), *wanted]
    assert told(inside) == wanted
    # A link within the folder, or to the folder itself, is as good as a file.
    other, link = tmp_path / "other", tmp_path / "link"
    other.mkdir()
    folder(other, theme__css="a {}")
    link.symlink_to(other, target_is_directory=True)
    assert open_theme(link)[0].style == "a {}"
    for n in range(MOST_FILES):
        (other / f"extra_council_{n}.html.j2").write_text("")
    assert told(other) == [("R322", "other", None)]
    assert [told(tmp_path / name)[0][0] for name in ("nowhere", "secret.css")] == ["F020", "F028"]


def reach(start: Any) -> Iterator[Any]:
    """Everything that can be got at from an object of ours, by its parts and by what its functions hold."""
    waiting, seen = [start], dict[int, Any]()
    while waiting:
        one = waiting.pop()
        if id(one) in seen or isinstance(one, str | int | float | type):
            continue
        # Kept, so that no other object comes to have its number.
        seen[id(one)] = one
        yield one
        if isinstance(one, dict):
            waiting += [*one, *one.values()]
        elif isinstance(one, list | tuple | set | frozenset):
            waiting += one
        elif isinstance(one, MethodType):
            waiting.append(one.__self__)
        elif isinstance(one, FunctionType):
            waiting += [cell.cell_contents for cell in one.__closure__ or ()]
        elif type(one).__module__.startswith("maturity.") or isinstance(one, BaseModel | SimpleNamespace):
            waiting.append(getattr(one, "__dict__", {}))
            slots = (name for c in type(one).__mro__ for name in getattr(c, "__slots__", ()))
            waiting += [getattr(one, name, None) for name in slots]


def test_a_template_reaches_nothing_of_others(small: Small) -> None:
    """However it goes about it: no object that it is given leads to another council's answers or scores."""
    kinds: dict[str, int] = {}
    for given in contexts(small).values():
        for one in reach(given):
            kinds[type(one).__name__] = kinds.get(type(one).__name__, 0) + 1
            if isinstance(one, Standing | Difference | Firm | Scorecard):
                assert one.organisation in (OWN, small.seen.members[0].organisation.name.to("en")), one
            if isinstance(one, Member):
                assert one.organisation.code == OWN
            if isinstance(one, Assessment):
                assert one.organisation == OWN
    assert kinds["Standing"] > 3 and kinds["Scorecard"] >= 1 and kinds["Assessment"] >= 1
    assert any(isinstance(one, Standing) and one.organisation != OWN for one in reach(small.named))


# Logos


def png(width: int = 8, height: int = 8) -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 72)) + chunk(b"IEND", b"")


def svg(inner: str, more: str = "") -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"{more}>{inner}</svg>'.encode()


FINE = {
    "a picture": ("logo.png", png()),
    "a drawing": ("logo.svg", (EXAMPLE / "logo.svg").read_bytes()),
    "parts of itself": ("logo.svg", svg('<defs><g id="a"/></defs><use xlink:href="#a" fill="url(#b)"/>')),
    "a picture within": ("logo.svg", svg('<image href="data:image/png;base64,AAAA"/>')),
}
WRONG = {
    "no picture": ("logo.png", b"GIF89a", "no PNG"),
    "half a picture": ("logo.png", png()[:-4], "no PNG"),
    "a damaged one": ("logo.png", png().replace(b"IDAT", b"IDAX"), "no PNG"),
    "more behind it": ("logo.png", png() + b"<script>", "no PNG"),
    "a huge picture": ("logo.png", png(40_000, 8), "pixels"),
    "too large": ("logo.svg", svg(" " * MOST_OF_A_LOGO), "100 kB"),
    "a script": ("logo.svg", svg("<script>1</script>"), "script"),
    "a script that begins": ("logo.svg", svg("", ' onload="alert(1)"'), "onload"),
    "a page within": ("logo.svg", svg("<foreignObject/>"), "foreignObject"),
    "a change of address": ("logo.svg", svg('<a><set attributeName="href" to="javascript:1"/></a>'), "set"),
    "a picture from elsewhere": (
        "logo.svg",
        svg('<image xlink:href="https://example.org/a.png"/>'),
        "outside",
    ),
    "a file beside": ("logo.svg", svg('<use href="other.svg#a"/>'), "outside"),
    "a style from elsewhere": ("logo.svg", svg("<style>@import 'a.css'</style>"), "outside"),
    "a fill from elsewhere": ("logo.svg", svg('<g style="fill: url(//example.org/a)"/>'), "outside"),
    "entities": ("logo.svg", b'<!DOCTYPE svg [<!ENTITY a "b">]>' + svg("&a;"), "document type"),
    "other XML": ("logo.svg", b"<html/>", "no SVG"),
    "no XML": ("logo.svg", b"<svg", "no SVG"),
    "another encoding": ("logo.svg", svg("").decode().encode("utf-16"), "UTF-8"),
}


@pytest.mark.parametrize("what", FINE)
def test_a_logo_is_used(what: str) -> None:
    assert logo_problem(*FINE[what]) is None


@pytest.mark.parametrize("what", WRONG)
def test_a_logo_is_refused(what: str) -> None:
    name, raw, why = WRONG[what]
    assert why in str(logo_problem(name, raw))


# Styles


def test_contrast_is_that_of_wcag() -> None:
    # By hand: #777777 has a luminance of ((119/255 + 0.055) / 1.055)^2.4 = 0.18447, and 1.05 / 0.23447 = 4.478.
    assert contrast("#777", "#ffffff") == pytest.approx(4.478, abs=0.001)
    assert contrast("#12436d", "#12436d") == 1
    assert contrast("red", "#fff") is None


def test_ours_has_contrast_enough() -> None:
    style = (ROOT / "templates" / "style.css").read_text(encoding="utf-8")
    assert style_problems(style, "style.css") == []


STYLES: dict[str, tuple[str, list[tuple[str, int]]]] = {
    "dark on light": (":root { --heading: #004030; --link: #003040; }", [("R328", 1)] * 4),
    "dark on light, light on dark": (":root { --own: #701040 }\n@media (prefers-color-scheme: dark) { :root { --own: #fbd } }", []),
    "too light": ("@media print {\n :root {\n --soft: #999;\n}\n}", [("R328", 3)] * 2),
    "a ground": ("@media (prefers-color-scheme: dark) { html { --paper: #888 } }", [("R328", 1)] * 6),
    "a level": (":root {\n\n --level-5: #eee }", [("R328", 3)] * 3),
    "a name": (":root { --ink: black }", [("R329", 1)]),
    "another name": (":root { --sans: Georgia; --mine: red }", []),
    "a narrow screen alone": ("@media (max-width: 30rem) { :root { --ink: #eee } }", []),
    "in a comment": ("/* :root { --ink: #eee }\n*/ a { color: red }", []),
    "a brace in words": ("a::after { content: '}' } :root { --sans: \"{\" }", []),
    "a file": ("a {}\n@import 'b.css';\nb { background: url(https://example.org/c) }", [("R327", 2), ("R327", 3)]),
    "a picture within": ("a { background: url(data:image/png;base64,AAAA) }", []),
    "the end": ("a {}\n</style><script>", [("R326", 2)]),
    "open": ("a {\n b { }", [("R326", 1)]),
    "closed": ("a {}\n}", [("R326", 2)]),
    "a comment without end": ("a {}\n/* b", [("R326", 2)]),
}  # fmt: skip


@pytest.mark.parametrize("what", STYLES)
def test_a_style_is_looked_at(what: str) -> None:
    style, wanted = STYLES[what]
    assert [(p.kind.code, p.place.line) for p in style_problems(style, "theme.css")] == wanted


# On the command line


def program() -> typer.Typer:
    """All commands, in this process."""
    made = typer.Typer()
    commands.add_to(made)
    return made


def test_the_commands_take_it(small: Small, tmp_path: Path) -> None:
    run, app = CliRunner(), program()
    answers = sorted((ROOT / "examples" / "wales-2026").glob("*.yaml"))[:2]
    broken, page = tmp_path / "broken", tmp_path / "page.html"
    broken.mkdir()
    folder(broken, council__html__j2="\n{{ x")
    for command in (["benchmark", "--html", str(page)], ["pack", "-o", str(tmp_path / "out")], ["demo", "--out", str(tmp_path / "out")]):  # fmt: skip
        given = [] if command[0] == "demo" else map(str, answers)
        done = run.invoke(app, [*command, *given], env={"MATURITY_TEMPLATES": str(broken)})
        assert done.exit_code == 2 and "council.html.j2:2: This is no valid template" in done.output
        assert not page.exists() and not (tmp_path / "out").exists()
    # Where no page is asked for, nothing is looked at.
    done = run.invoke(app, ["benchmark", str(answers[0])], env={"MATURITY_TEMPLATES": str(broken)})
    assert done.exit_code == 0
    assert run.invoke(app, ["benchmark", str(answers[0]), "--summary", str(page)]).exit_code == 2


def test_a_summary_and_a_pack_are_dressed(tmp_path: Path) -> None:
    run, app = CliRunner(), program()
    answers = [str(path) for path in sorted((ROOT / "examples" / "wales-2026").glob("*.yaml"))[:2]]
    page, out = tmp_path / "summary.html", tmp_path / "out"
    name = Path(answers[0]).stem
    asked = ["--for", name, "--summary", str(page), "--draws", "0", "--templates", str(EXAMPLE)]
    done = run.invoke(app, ["benchmark", *answers, *asked])
    assert done.exit_code == 0, done.output
    done = run.invoke(app, ["pack", *answers, "-o", str(out), "--draws", "0", "--templates", str(EXAMPLE)])
    assert done.exit_code == 0, done.output
    made = sorted(out.rglob("*summary-en.html"))
    assert len(made) == 2 and MARK in page.read_text(encoding="utf-8")
    # The two are the same page, whichever command wrote it.
    assert page.read_text(encoding="utf-8") in [path.read_text(encoding="utf-8") for path in made]
    index = (out / "index.html").read_text(encoding="utf-8")
    assert all(f'href="{path.relative_to(out).as_posix()}"' in index for path in made)
    done = run.invoke(
        app, ["benchmark", *answers, "--for", "Wrexham", "--summary", str(tmp_path / "no.html")]
    )
    assert done.exit_code == 2 and "R320" in done.output and not (tmp_path / "no.html").exists()
