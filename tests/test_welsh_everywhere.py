"""Whoever asks for Welsh reads Welsh: every help text, refusal, problem and output, down to the words in their places.

What is said is searched for the commonest words of the other language. What stands in quotes, option names, keys, paths
and numbers are the same in both languages, and are not looked at; NAMES lists what else is.
"""

from __future__ import annotations

import io
import os
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from babel.plural import PluralRule
from typer._click.core import Context
from typer.core import TyperGroup

import program
from languages import COMMON, DATA, WORD, foreign, without_quotes
from maturity.checks.answers import NOT_A_NUMBER
from maturity.checks.validate import validate
from maturity.cli.commands import add_to
from maturity.cli.examples import IN_WELSH
from maturity.cli.speaking import command_in
from maturity.locale.catalogue import CATALOGUES
from maturity.locale.words import Words
from maturity.models.problem import Phrase, Place, Problem, both, either
from maturity.models.register import sort_key
from maturity.models.text import Text
from maturity.sources.registers import wales
from test_checks import BASE, ENDLESS, NEGATIVE, NEXT

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"
WELSH, ENGLISH = Words("cy"), Words("en")
SAME = {
    "Agenda": "a Welsh word too",
    "ID": "what ids are called in both languages",
    "N": "a number's sign",
    "Term": "a Welsh word too",
    "maturity {version}": "the program's name",
    "n": "a number's sign",
}
"""Entries that rightly read the same in both languages, and why. Commands that are to be copied are none either."""


def test_the_search_finds_what_it_is_for() -> None:
    assert foreign("Mae hyn yn file.", "en") == {"file"}
    assert foreign("Mae 'the file' yn iawn, a --with hefyd; dwelling.plan", "en") == set()
    assert foreign("This is wedi.", "cy") == {"wedi"}


def test_the_commonest_words_are_looked_for() -> None:
    """Five hundred words, from the commonest on, but for those that are Welsh words too."""
    lines = (DATA / "english-common.txt").read_text(encoding="utf-8").split("# Further ones.")[0].splitlines()
    words = [line.partition(" = ") for line in lines if not line.startswith("#")]
    assert len({word for word, _, _ in words}) == len(words)
    assert sum(not meaning for _, _, meaning in words) >= 500
    assert [word for word, _, meaning in words[:12] if not meaning] == [
        "the", "be", "of", "and", "in", "that", "have", "it", "for",
    ]  # fmt: skip
    assert len(COMMON["cy"]) > 350
    assert not COMMON["en"] & COMMON["cy"]


def messages() -> list[Message]:
    return [m for path in CATALOGUES for m in read_po(io.BytesIO(path.read_bytes())) if m.id]


def entries() -> Iterator[tuple[str, str]]:
    """Each English wording with its Welsh; of plurals each Welsh form with the English of many."""
    for message in messages():
        if isinstance(message.id, str):
            yield message.id, str(message.string)
        else:
            yield from ((message.id[1], form) for form in message.string)


def test_no_entry_holds_words_of_the_other_language() -> None:
    assert [(welsh, found) for _, welsh in entries() if (found := foreign(welsh, "en"))] == []
    assert [(english, found) for english, _ in entries() if (found := foreign(english, "cy"))] == []


def test_no_entry_is_the_same_in_both_languages() -> None:
    same = {
        english for english, welsh in entries() if english == welsh and WORD.search(without_quotes(welsh))
    }
    assert same == set(SAME)


def test_entries_end_alike() -> None:
    wrong = []
    for english, welsh in entries():
        ends = [re.search(r"[.:;?!…]*\s*$", text) for text in (english, welsh)]
        if ends[0] and ends[1] and ends[0][0] != ends[1][0] and english != "No.":
            wrong.append((english, welsh))
    assert wrong == []


def environment(**more: str) -> dict[str, str]:
    inherited = {
        k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "MATURITY", "GITHUB"))
    }
    return inherited | {"NO_COLOR": "1", "COLUMNS": "200", "TERM": "dumb"} | more


def run(*arguments: str, cwd: Path = ROOT, **more: str) -> tuple[int, str]:
    done = program.run(*arguments, cwd=cwd, env=environment(**more))
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout + "\n" + done.stderr


def commands() -> list[str]:
    app = typer.Typer()
    add_to(app)
    return [str(one.name or one.callback.__name__) for one in app.registered_commands if one.callback]


def prose(help_text: str) -> str:
    """A help text without the commands that are to be copied, on one line a paragraph."""
    lines = [line.strip("│╭╰─╮╯ ") for line in help_text.splitlines()]
    lines = [line for line in lines if not line.startswith(("maturity ", "Defnydd:"))]
    # The first column names arguments, options and commands, and what sort of value they take.
    return "\n".join(re.sub(r"^(\*? *)[\w-]+ .*?( {2,}|$)|<[^>]*>|\[[^\]]*\]", " ", line) for line in lines)


@pytest.mark.parametrize("name", ["", *commands()])
def test_help_is_welsh(name: str) -> None:
    code, said = run(*name.split(), "--help", MATURITY_LANG="cy")
    assert code == 0
    assert "Opsiynau" in said
    assert foreign(prose(said), "en") == set()
    # Choices alone stand in angle brackets: they are typed as they are.
    assert {sort for sort in re.findall(r"<([a-z][^<>]*)>", said) if "|" not in sort} == set()


def examples(words: Words) -> list[list[str]]:
    """What the helps show to be copied, each as the shell would part it."""
    app = typer.Typer()
    add_to(app)
    group = command_in(app, words)
    assert isinstance(group, TyperGroup)
    paragraphs = [part for one in group.commands.values() for part in (one.help or "").split("\n\n")]
    return [shlex.split(part) for part in paragraphs if part.lstrip().startswith("maturity ")]


def test_examples_name_things_in_the_readers_language() -> None:
    """The same commands, options, ids and versions; every name in the table is used, and none stays English beside it."""
    pairs = list(zip(examples(Words("en")), examples(Words("cy")), strict=True))
    assert len(pairs) > 60
    used: set[str] = set()
    for english, welsh in pairs:
        assert len(welsh) == len(english)
        for one, other in zip(english, welsh, strict=True):
            found = {name for name in IN_WELSH if re.search(rf"(?<![\w.-]){re.escape(name)}(?![a-z])", one)}
            used |= found if one != other else set()
            if one.startswith("-") or one in ("maturity", *commands(), "leadership"):
                assert one == other
            elif found:
                assert one != other and not found & set(re.split(r"[-/]", other))
    assert used == set(IN_WELSH)
    typed = {"both", "region", "change", "main"}
    names = [one for _, welsh in pairs for one in welsh[2:] if not one.startswith(("-", "leadership."))]
    assert {word for one in names for word in re.findall(r"[^\W\d_]+", one) if word in COMMON["en"]} <= typed


def test_completion_is_installed_in_the_readers_language(tmp_path: Path) -> None:
    code, said = run("--install-completion", "bash", HOME=str(tmp_path), MATURITY_LANG="cy")
    installed = tmp_path / ".bash_completions" / "maturity.sh"
    assert (
        code == 0 and str(installed) in said and "_MATURITY_COMPLETE" in installed.read_text(encoding="utf-8")
    )
    assert foreign(said.replace(str(installed), ""), "en") == set()


def test_every_command_takes_a_language() -> None:
    assert [name for name in commands() if "--lang" not in run(name, "--help")[1]] == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["--nonsense"],
        ["nonsense"],
        ["score"],
        ["score", "--rubric"],
        ["score", "x", "--format", "nonsense"],
        ["schema", "nonsense"],
        ["diff", "one"],
        ["diff", "hen", "newydd"],
        ["migrate", "x.yaml", "--to", "two"],
        ["migrate", "x.yaml", "--in-place", "--out", "y"],
        ["template", "--council", "Cardiff", "--all-councils", "-o", "x"],
        ["template", "--dimension", "nonsense", "-o", "x.xlsx"],
        ["show", "nonsense"],
        ["score", "nowhere.yaml"],
        ["validate", "nowhere.yaml"],
        ["lock", "nowhere"],
        ["score", "x", "--lang", "fr"],
        ["benchmark", "nowhere", "--draws", "-5"],
        ["benchmark", "nowhere", "--draws", "99999"],
        ["benchmark", "nowhere", "--draws", "ten"],
        ["benchmark", "nowhere", "--peers", "nonsense"],
        ["findings", "examples/wales-2026", "--question", "nonsense"],
        ["findings", "examples/wales-2026", "--dimension", "nonsense"],
        ["benchmark", "examples/wales-2026", "--rubric-of", "nonsense"],
        ["explain", "examples/wales-2026/cardiff.yaml", "nonsense"],
    ],
    ids=" ".join,
)
def test_refusals_are_welsh(arguments: list[str]) -> None:
    code, said = run(*arguments, LANG="cy_GB.UTF-8")
    assert code != 0
    # What there is to choose from are ids.
    assert foreign(re.sub(r"nid yw '?nonsense.* o'r rhain: .*", "", said, flags=re.IGNORECASE), "en") == set()


def shown_as(language: Words) -> dict[tuple[str, str], str]:
    """What stands for the value of each argument and option in help, where that is not a choice; and each usage line."""
    app = typer.Typer()
    add_to(app)
    named = {}
    group = command_in(app, language)
    for name, one in getattr(group, "commands").items():  # noqa: B009 - a group's, which Typer does not export
        context = Context(one, info_name=name)
        named[name, "usage"] = " ".join(one.get_usage(context).split()).partition("] ")[2]
        for parameter in one.params:
            if not getattr(parameter, "is_flag", False) and not parameter.type_descriptor.is_choice:
                named[name, parameter.name] = parameter.display_name_raw
    return named


def test_arguments_have_names_in_each_language_and_one_style() -> None:
    english, welsh = shown_as(ENGLISH), shown_as(WELSH)
    assert english.keys() == welsh.keys()
    assert len(english) > 100
    for key, said in english.items():
        names = [*filter(None, re.split(r"[^A-Z]+", said))]
        if key[1] == "usage":
            # FILE, [FILE] or PATH..., as everywhere.
            assert re.fullmatch(r"(\[?[A-Z]+(\.\.\.)?\]?( |$))*", said), key
        else:
            assert said == said.upper(), f"{key} has no metavar"
        assert said != welsh[key] or not set(names) - set(SAME), f"{key} has no Welsh metavar"
        assert not set(names) - set(SAME) & set(re.split(r"\W+", welsh[key])), key


def test_what_is_missing_is_called_by_its_name_in_the_language() -> None:
    for language, names in ((ENGLISH, ("PATH", "NEW", "FILE")), (WELSH, ("LLWYBR", "NEWYDD", "FFEIL"))):
        lang = language.language
        said = [run(*typed, MATURITY_LANG=lang)[1] for typed in (["score"], ["diff", "a"], ["template", "x"])]
        assert all(f"'{name}'" in one or f"{name}:" in one for name, one in zip(names, said, strict=True))


CAPITALS = re.compile(r"(?<![\w{])[A-Z]{2,}(?![\w}])")
ABBREVIATIONS = {
    "CSV",
    "GSS",
    "ID",
    "INC",
    "ISO",
    "JSON",
    "MB",
    "PDF",
    "PNG",
    "QUARTILE",
    "SHA",
    "SVG",
    "UTF",
    "XML",
    "YAML",
}


def test_what_stands_for_what_a_person_types_is_welsh_in_sentences_too() -> None:
    """FILE, OLD, REVISION:PATH: in capitals, so that no list of words finds them."""
    same = [set(CAPITALS.findall(english)) & set(CAPITALS.findall(welsh)) for english, welsh in entries()]
    assert set().union(*same) == ABBREVIATIONS


IDS = re.compile(r"[^\s,]+(, ([^\s,]+|\\.\\.\\.))*")


def masked(value: object, texts: str) -> object:
    """A place's value without what it quotes from a file: what is left is said by the program."""
    if isinstance(value, Phrase):
        return Phrase(value.words, **{name: masked(one, texts) for name, one in value.places.items()})
    if not isinstance(value, str):
        return value
    words = [word for word in re.split(r"[\s,'.:]+", value) if word]
    is_quoted = value.removesuffix("...") in texts or all(word in texts for word in words)
    return "'…'" if is_quoted or value in (*KEYS, *QUESTIONNAIRES) else value


KEYS = {
    *("code, region, population, rurality", "name, code, region, population, rurality, attributes"),
    "code, name, region, population, nearest, register",
    "mean, sum, min, max, range, geometric_mean, share, distribution, ladder",
    *("items", "'options'", "'at_least'", "'below'"),
}
QUESTIONNAIRES = {"socitm@1.0.0, socitm@2.0.0"}


def test_a_refusal_outside_of_a_repository_is_welsh(tmp_path: Path) -> None:
    code, said = run(
        "diff",
        "hen",
        "newydd",
        cwd=tmp_path,
        LANG="cy_GB.UTF-8",
        GIT_CEILING_DIRECTORIES=str(tmp_path.parent),
    )
    assert code != 0
    assert "nid storfa git yw hon" in said
    assert foreign(said, "en") == set()


def test_each_problem_is_welsh() -> None:
    """Every kind that `validate` finds, with the words of the program that fill its places."""
    wrong = []
    base = [BASE, NEXT, ENDLESS, BASE.with_name("rubric.yaml")]
    beside = "".join(path.read_text(encoding="utf-8") for path in base)
    for path in NEGATIVE:
        texts = beside + path.read_bytes().decode("utf-8", "replace")
        for problem in validate([*(base if path.suffix == ".json" else base[:3]), path], wales()).problems:
            details = {name: masked(value, texts) for name, value in problem.details.items()}
            bare = Problem(problem.kind, problem.place, details)
            for said in (bare.message(WELSH), bare.remedy(WELSH)):
                if found := foreign(said, "en"):
                    wrong.append((path.name, said, found))
    assert wrong == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["list"],
        ["show", "wales"],
        ["score", "examples/wales-2026"],
        ["explain", "examples/wales-2026/cardiff.yaml"],
        ["findings", "examples/wales-2026", "--previous", "examples/wales-2017"],
        ["benchmark", "examples/wales-2026", "--for", "Conwy"],
        ["validate", "examples/wales-2026", "questionnaires"],
        ["lock", "questionnaires", "--check"],
        ["migrate", "examples/wales-2017", "--to", "2.0.0", "--dry-run"],
        ["diff", "socitm@1.0.0", "socitm@2.0.0"],
        [
            "diff",
            "socitm@1.0.0",
            "socitm@2.0.0",
            "--format",
            "markdown",
            "--responses",
            "examples/wales-2017",
        ],
        ["diff", "socitm@1.0.0", "socitm@2.0.0", "--format", "changelog"],
    ],
    ids=" ".join,
)
def test_output_is_welsh(arguments: list[str]) -> None:
    _, said = run(*arguments, "--lang", "cy")
    lines = [line for line in said.splitlines() if not _quotes_a_file(line)]
    assert [(line, found) for line in lines if (found := foreign(_without_ids(line), "en"))] == []


def _quotes_a_file(line: str) -> bool:
    """Whether a line shows what stands in a file, in whichever language that is."""
    line = line.strip()
    return line.startswith(("- ", "+ ", "| ", "<details", "questions/")) or "Made-up" in line


def _without_ids(line: str) -> str:
    """A line without options' ids: after a sign, in brackets, in lists, or of several words."""
    line = re.sub(r"(?<=^  )recommendations/.*|(?<=^  )outcomes/.*|[^\s()/.]+([-/.][^\s()/.]+)+", " ", line)
    return re.sub(r"(?<= = )\S+|(?<=yn troi'n )\S+|\([\w, -]+\)(?= ->|:|$)|(?<=-> ).*", " ", line)


def test_the_language_is_that_of_option_variable_and_system(tmp_path: Path) -> None:
    bad = tmp_path / "x.yaml"
    bad.write_text("format: maturity-questionnaire/1\nid: x\nid: y\n", encoding="utf-8")
    welsh = [
        run("validate", str(bad), "--lang", "cy"),
        run("validate", str(bad), MATURITY_LANG="cy"),
        run("validate", str(bad), MATURITY_LANG="CY_gb", LANG="en_GB.UTF-8"),
        run("validate", str(bad), LANG="cy_GB.UTF-8"),
        run("validate", str(bad), LC_ALL="cy_GB.UTF-8", LANG="en_GB.UTF-8"),
    ]
    assert all("am yr eildro" in said for _, said in welsh)
    english = [
        run("validate", str(bad)),
        run("validate", str(bad), LANG="en_GB.UTF-8"),
        run("validate", str(bad), "--lang", "en", MATURITY_LANG="cy"),
        run("validate", str(bad), MATURITY_LANG="en", LANG="cy_GB.UTF-8"),
    ]
    assert all("a second time" in said for _, said in english)
    assert {code for code, _ in welsh} == {code for code, _ in english} == {1}


def test_a_language_that_is_none_of_ours_is_refused_in_the_next_one() -> None:
    for arguments, place, more in (
        (["list"], "MATURITY_LANG", {"MATURITY_LANG": "fr", "LANG": "cy_GB.UTF-8"}),
        (["list", "--lang", "fr"], "'--lang'", {"MATURITY_LANG": "cy"}),
    ):
        code, said = run(*arguments, **more)
        assert code == 2
        assert f"Gwerth annilys ar gyfer {place}: Nid yw 'fr' yn un o'r rhain: 'en', 'cy'." in said


def test_what_stands_wrong_before_or_without_its_place_is_told_with_the_way_to_help() -> None:
    for arguments, help_is_at, more in (
        (["score", "x", "-o"], "maturity score", "Option '-o' requires a value."),
        (["--version=3"], "maturity", "Option '--version' does not take a value."),
        (
            ["--lang", "en", "score"],
            "maturity",
            "Write --lang after a command, as in 'maturity score --lang cy'.",
        ),
    ):
        code, said = run(*arguments)
        assert code == 2
        assert said.lstrip().startswith(f"Usage: {help_is_at} [OPTIONS]")
        assert f"\n'{help_is_at} --help' lists what there is.\n" in said
        assert said.endswith(f"{more}\n")
    assert "Invalid value for MATURITY_PLAIN: Write 1 for yes" in run("assess", MATURITY_PLAIN="perhaps")[1]


def test_words_in_places_are_translated_with_the_message() -> None:
    limit = Phrase("over {limit}", limit="8 MB")
    assert str(limit) == "over 8 MB"
    assert limit.said(WELSH) == "dros 8 MB"
    names = either(["'a'", "'b'", "'c'"])
    assert str(names) == "'a' or 'b' or 'c'"
    assert WELSH("{first} and {other}", first=names, other=limit) == "'a' neu 'b' neu 'c', dros 8 MB"
    assert str(both(["x"])) == "x"
    unit = Text({"en": "days", "cy": "diwrnod"})
    details = {
        "question": "q",
        "unit": unit,
        "found": "x",
        "dont_know": Phrase(", or '{dont_know}'", dont_know="?"),
    }
    problem = Problem(NOT_A_NUMBER, Place("f"), details)
    assert "(days)" in problem.message()
    assert "(diwrnod)" in problem.message(WELSH)
    assert problem.remedy(WELSH) == "Ysgrifennwch y rhif heb ei uned, neu '?'."


def test_braces_in_words_from_elsewhere_are_words() -> None:
    said = Phrase("it cannot be {value}", value="{x}")
    assert (str(said), said.said(WELSH)) == ("it cannot be {x}", "ni all fod yn {x}")


def test_the_plural_rule_is_the_languages() -> None:
    """CLDR tells six kinds of numbers apart in Welsh; nought is counted like the many, "0 cwestiwn", and so shares a form."""
    cldr = PluralRule({"zero": "n = 0", "one": "n = 1", "two": "n = 2", "few": "n = 3", "many": "n = 6"})
    form = {"zero": 0, "other": 0, "one": 1, "two": 2, "few": 3, "many": 4}
    plural = WELSH._catalogue.plural
    assert [plural(n) for n in range(200)] == [form[cldr(n)] for n in range(200)]


@pytest.mark.parametrize(
    ("one", "many", "said"),
    [
        (
            "{n} question.",
            "{n} questions.",
            {0: "0 cwestiwn.", 1: "1 cwestiwn.", 2: "2 gwestiwn.", 3: "3 chwestiwn.", 6: "6 chwestiwn.", 22: "22 cwestiwn."},
        ),
        (
            "{n:,} council",
            "{n:,} councils",
            {0: "0 cyngor", 1: "1 cyngor", 2: "2 gyngor", 3: "3 chyngor", 6: "6 chyngor", 22: "22 cyngor", 2200: "2,200 cyngor"},
        ),
        (
            "{n} error",
            "{n} errors",
            {0: "0 gwall", 1: "1 gwall", 2: "2 wall", 3: "3 gwall", 6: "6 gwall", 11: "11 gwall"},
        ),
        (
            "{n:,} thing to put right",
            "{n:,} things to put right",
            {1: "1 peth i'w gywiro", 2: "2 beth i'w cywiro", 3: "3 pheth i'w cywiro", 5: "5 peth i'w cywiro", 6: "6 pheth i'w cywiro"},
        ),
    ],
)  # fmt: skip
def test_numbers_mutate_what_they_count(one: str, many: str, said: dict[int, str]) -> None:
    assert {n: WELSH.count(one, many, n) for n in said} == said


@pytest.mark.parametrize(
    ("welsh", "english"),
    [
        (["Lwyd", "Llandudno"], ["Llandudno", "Lwyd"]),
        (["Ruabon", "Rhondda"], ["Rhondda", "Ruabon"]),
        (["Fyrnwy", "Ffestiniog"], ["Ffestiniog", "Fyrnwy"]),
        (["Cybi", "Chirk"], ["Chirk", "Cybi"]),
        (["Dyfi", "Ddu"], ["Ddu", "Dyfi"]),
        (["Tywi", "Thomas"], ["Thomas", "Tywi"]),
        (["Pwllheli", "Phyllis"], ["Phyllis", "Pwllheli"]),
        (["Môn", "Mynwy"], ["Môn", "Mynwy"]),
    ],
)
def test_names_are_sorted_by_the_alphabet_of_the_language(welsh: list[str], english: list[str]) -> None:
    assert sorted(english, key=lambda name: sort_key(name, "cy")) == welsh
    assert sorted(welsh, key=lambda name: sort_key(name, "en")) == english


DESCRIBED = {"zsh": r'"([\w-]+)":"([^"]*)"', "fish": r"^([\w-]+)\t(.*)$", "pwsh": r"^([\w-]+):::(.*)$"}
"""How each shell is given what stands beside a command or an option; bash shows none."""


@pytest.mark.parametrize(
    ("shell", "typed"), [("zsh", "maturity "), ("fish", "maturity score --"), ("pwsh", "maturity ")]
)
def test_shell_completion_speaks_of_commands_and_options_in_welsh(shell: str, typed: str) -> None:
    asking = {
        "_MATURITY_COMPLETE": f"complete_{shell}",
        "_TYPER_COMPLETE_ARGS": typed,
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
        "_TYPER_COMPLETE_WORD_TO_COMPLETE": typed.split(" ")[-1],
    }
    beside = {}
    for language in ("en", "cy"):
        said = run(MATURITY_LANG=language, **asking)[1]
        beside[language] = dict(re.findall(DESCRIBED[shell], said, flags=re.MULTILINE))
    english, welsh = beside["en"], beside["cy"]
    assert english.keys() == welsh.keys() and len(welsh) > 10
    assert {name for name in welsh if not welsh[name] or welsh[name] == english[name]} == set()
    assert {name: found for name in welsh if (found := foreign(welsh[name], "en"))} == {}
