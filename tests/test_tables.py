"""Tables of answers in the forms that they come in: read as the same answers are from YAML."""

from __future__ import annotations

import csv
import io
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from maturity.intake.collect import collect
from maturity.intake.scored import score_all, scorer_for
from maturity.intake.tables import How, read_file
from maturity.locale.words import Words
from maturity.models.assessment import Answer, Assessment
from maturity.models.register import Register
from maturity.models.text import LANGUAGES
from maturity.reports.scores import scores_csv, scores_rows
from maturity.sources.registers import wales
from maturity.sources.shelf import open_questionnaire
from maturity.sources.write_assessment import write_assessment
from table_data import (
    HEAD,
    Rows,
    about,
    csv_bytes,
    errors,
    in_words,
    long,
    socitm,
    taken,
    told,
    truth,
    wide,
    xlsx_bytes,
)
from workbook_data import assessment as small_assessment
from workbook_data import small, through_libreoffice

ASKED = open_questionnaire("socitm@1.0.0")


def scores(paths: list[Path], **how: Any) -> str:
    collection = collect(paths, wales(), ASKED, **how)
    assert errors(collection.problems) == []
    scorer = scorer_for(collection.assessments, None, None)
    scored = sorted(score_all(scorer, collection.assessments), key=lambda one: one.organisation.code)
    rows = scores_rows(scorer, scored, "en")
    # All but where the answers were read.
    assert rows.columns[-1] == ("source", "text")
    return "".join(scores_csv(replace(rows, columns=rows.columns[:-1], rows=[row[:-1] for row in rows.rows])))


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The scores of the same answers as YAML."""
    folder = tmp_path_factory.mktemp("yaml")
    for name, one in truth().items():
        write_assessment(folder / f"{name}.yaml", one)
    return scores([folder])


def forms_export(language: str) -> Rows:
    """As Microsoft Forms exports: its own columns first, texts as headings, labels as answers."""
    heads = {
        "en": ["ID", "Start time", "Completion time", "Email", "Name", "Which council?", "Year", "Job title"]
    }
    heads["cy"] = [
        "ID",
        "Amser cychwyn",
        "Amser cwblhau",
        "E-bost",
        "Enw",
        "Pa gyngor?",
        "Blwyddyn",
        "Teitl swydd",
    ]
    questions = list(socitm().questions.values())
    show = in_words("cy" if language == "cy" else "en")
    numbered = [f"{n}. {q.text.to('cy' if language == 'cy' else 'en')}" for n, q in enumerate(questions, 1)]
    rows: Rows = [[*heads[language], "status", "made up", *numbered]]
    import datetime as dt

    for n, one in enumerate(truth().values(), 1):
        about_it = about(one)
        times = [dt.datetime(2026, 9, 1, 9, n), dt.datetime(2026, 9, 1, 10, n)]
        rows.append(
            [n, *times, "anonymous", "", one.organisation, 2026, about_it[2], about_it[3], about_it[4]]
            + [show(q, one.answers[q.id]) if q.id in one.answers else "" for q in questions]
        )
    return rows


@pytest.mark.parametrize("language", ["en", "cy"])
@pytest.mark.parametrize("form", ["wide", "long", "forms"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_scores_are_those_of_the_same_answers_in_yaml(
    tmp_path: Path, expected: str, form: str, language: str, kind: str
) -> None:
    answers, lang = list(truth().values()), "cy" if language == "cy" else "en"
    if form == "forms":
        rows = forms_export(language)
    else:
        make = wide if form == "wide" else long
        rows = make(answers, socitm(), in_words(lang), lambda q: q.text.to(lang))  # type: ignore[arg-type]
    path = tmp_path / f"answers.{kind}"
    path.write_bytes(csv_bytes(rows, ";") if kind == "csv" else xlsx_bytes(rows))
    assert scores([path]) == expected


@pytest.mark.parametrize("name", ["wide.csv", "long.csv", "forms.xlsx"])
def test_the_examples_score_as_their_yaml(name: str) -> None:
    examples = Path(__file__).parent.parent / "examples"
    found = collect([examples / "tables" / name], wales(), ASKED)
    yaml = collect([examples / "wales-2026"], wales()).assessments
    assert errors(found.problems) == [] and len(found.assessments) == 3
    scorer = scorer_for(yaml, None, None)
    names = [c.organisation.code for c in found.assessments]
    same = sorted(
        (c for c in yaml if c.organisation.code in names), key=lambda c: names.index(c.organisation.code)
    )
    for ours, theirs in zip(score_all(scorer, found.assessments), score_all(scorer, same), strict=True):
        assert (ours.scorecard.items, ours.scorecard.scores) == (
            theirs.scorecard.items,
            theirs.scorecard.scores,
        )
        if name == "long.csv":
            # Notes, evidence and reasons too.
            assert ours.scorecard.answers_digest == theirs.scorecard.answers_digest


def test_parquet_too(tmp_path: Path, expected: str) -> None:
    duckdb = pytest.importorskip("duckdb")
    (tmp_path / "a.csv").write_bytes(csv_bytes(long(list(truth().values()), socitm())))
    path = tmp_path / "answers [2026]*.parquet"
    duckdb.sql(f"copy (from read_csv('{tmp_path}/a.csv', all_varchar=true)) to '{path}' (format parquet)")
    assert scores([path]) == expected
    path.write_bytes(path.read_bytes()[:-200])
    found = read_file(path, "a.parquet", wales())
    assert errors(found.problems) == ["W061"]


def test_without_duckdb_the_remedy_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    found = taken(tmp_path, b"PAR1 something PAR1", "a.parquet")
    assert errors(found.problems) == ["W066"]
    assert "pip install 'maturity[parquet]'" in found.problems[0].remedy()


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_separators_and_encodings(tmp_path: Path, separator: str, encoding: str) -> None:
    rows = long(list(truth().values())[:2], socitm())
    content = csv_bytes(
        [*rows, ["Ynys Môn", "2025", "Pennaeth", "draft", "no", rows[1][-2], rows[1][-1]]],
        separator,
        encoding,
    )
    found = taken(tmp_path, content)
    assert len(found.answers) == 3
    codes = [p.kind.code for p in found.problems]
    assert ("W065" in codes) == (encoding == "cp1252")
    assert errors(found.problems) == []


def test_a_first_line_that_names_the_separator(tmp_path: Path) -> None:
    rows = wide(list(truth().values())[:3], socitm())
    assert len(taken(tmp_path, b"sep=|\r\n" + csv_bytes(rows, "|", "utf-8")).answers) == 3


# The small questionnaire: every type, and every part of an answer

ANSWERED = small_assessment(
    serve__online__share=Answer(value=45.5), serve__online__words=Answer(value="+44 is how our numbers start")
)
SMALL = How(asked=small()[0])


def small_rows() -> Rows:
    """A wide table with columns for notes, evidence, reasons and options."""
    return [
        [
            "Cyngor", "Year", "Your name", "Job title", "Status", "Made up",
            "Is there a plan?", "Is there a plan? (note)", "lead.plan.place evidence", "lead.plan.place sure",
            "lead.plan.money", "lead.plan.money evidence", "lead.plan.money evidence date",
            "Q3. Is somebody named?", "lead.plan.read", "lead.plan.read reason",
            "Pa gyfran sydd ar-lein?", "How many days? / Sawl diwrnod?", "note: serve.online.days",
            "Which ways? [By telephone]", "Which ways? [At a desk]", "serve.online.ways: none", "Anything else?",
        ],
        [
            "Sir Fôn", "2026", "=cmd|' /C calc'!A0", "Head of Digital", "submitted", "TRUE",
            "=Councillors have agreed a plan.".removeprefix("="), "=1+1 is a note,\nof two lines",
            "https://example.org/plan [2026-03-31]\n\n@Minutes, page 4", "fairly",
            "2", "Budget", "1/2/2025",
            "Nac oes", "Not applicable", "Nobody is named, so nobody reads.",
            "45,5 %", "12", "-3 on Fridays",
            "X", "By telephone" and "1", "0", "+44 is how our numbers start",
        ],
    ]  # fmt: skip


def test_every_part_of_an_answer(tmp_path: Path) -> None:
    found = taken(tmp_path, csv_bytes(small_rows(), ";"), how=SMALL)
    assert found.problems == []
    (one, place) = found.answers[0]
    assert str(place) == "t.csv:2:1"
    assert one.answers == ANSWERED.answers
    assert one.respondent == ANSWERED.respondent
    assert (one.status, one.made_up, one.period, one.organisation) == (
        "submitted",
        True,
        "2026",
        "Isle of Anglesey",
    )


def test_answers_in_welsh_words_are_the_same(tmp_path: Path) -> None:
    """Whatever language the headings are in: statuses, marks, how sure, and what does not apply."""
    said = {"Status": "Cyflwynwyd", "Made up": "Ie", "lead.plan.place sure": "Gweddol", "lead.plan.read": "Ddim yn berthnasol"}  # fmt: skip
    said |= {
        "Which ways? [By telephone]": "ie",
        "Which ways? [At a desk]": "Oes",
        "serve.online.ways: none": "Na",
    }
    rows = small_rows()
    for column, text in said.items():
        changed(column, text, rows)
    rows[0][rows[0].index("lead.plan.place sure")] = "lead.plan.place siŵr"
    found = taken(tmp_path, csv_bytes(rows, ";"), how=SMALL)
    assert found.problems == []
    (one, _) = found.answers[0]
    assert (one.answers, one.status, one.made_up) == (ANSWERED.answers, "submitted", True)
    # 'NA' may also say that it does not apply.
    changed("serve.online.ways: none", "NA", rows)
    assert errors(taken(tmp_path, csv_bytes(rows, ";"), how=SMALL).problems) == ["W400"]


def changed(column: str, text: object, rows: Rows | None = None) -> Rows:
    rows = rows or small_rows()
    rows[1][rows[0].index(column)] = text
    return rows


@pytest.mark.parametrize(
    ("column", "text", "code"),
    [
        ("Cyngor", "Atlantis", "W072"),
        ("Cyngor", "", "W075"),
        ("Year", "", "W075"),
        ("Year", "last year", "W074"),
        ("Status", "finished", "W014"),
        ("Made up", "perhaps", "W046"),
        ("Made up", "na", "W400"),
        ("Job title", "x" * 301, "W053"),
        ("Is there a plan?", "There is a plan.", "W095"),
        ("Is there a plan?", "0", "W095"),
        ("Is there a plan?", "-3", "W095"),
        ("Is there a plan?", "3%", "W095"),
        ("Is there a plan?", "3-4", "W095"),
        ("Is there a plan?", "03-Apr", "W097"),
        ("Is there a plan?", "Ebrill-26", "W097"),
        ("Is there a plan?", "#N/A", "W052"),
        ("Is there a plan?", "There is money for the whole of the plan.", "W099"),
        ("lead.plan.place sure", "very", "W014"),
        ("lead.plan.money evidence", "", "W050"),
        ("lead.plan.money evidence date", "soon", "W049"),
        ("Q3. Is somebody named?", "1", "W095"),
        ("Q3. Is somebody named?", "NA", "W096"),
        ("lead.plan.read reason", "", "A019"),
        ("lead.plan.read", "", "W051"),
        ("Pa gyfran sydd ar-lein?", "0.45", "W043"),
        ("Pa gyfran sydd ar-lein?", "most", "W044"),
        ("Pa gyfran sydd ar-lein?", "450", "A016"),
        ("How many days? / Sawl diwrnod?", "1,250", "W045"),
        ("How many days? / Sawl diwrnod?", "1.250", "W045"),
        ("How many days? / Sawl diwrnod?", "3 Apr", "W097"),
        ("serve.online.ways: none", "yes", "A014"),
        ("Which ways? [At a desk]", "perhaps", "W046"),
        ("Anything else?", "x" * 20_001, "W053"),
    ],
)  # fmt: skip
def test_each_wrong_cell_is_told_at_its_place(tmp_path: Path, column: str, text: str, code: str) -> None:
    rows = changed(column, text)
    found = taken(tmp_path, xlsx_bytes(rows) if "\n" in text else csv_bytes(rows, ";"), how=SMALL)
    assert found.answers == []
    assert code in errors(found.problems)
    problem = next(p for p in found.problems if p.kind.code == code)
    before = csv_bytes([rows[1][: rows[0].index(column)]], ";", "utf-8").decode()[:-2]
    # A reason or date that stands alone is told where it stands, and a note of two lines moves what follows down.
    at = {
        "W051": "lead.plan.read reason",
        "W050": "lead.plan.money evidence date",
        "A014": None,
        "A019": None,
    }
    wanted = at.get(code, column)
    if wanted == column:
        line = 2 + before.count("\n")
        assert (problem.place.line, problem.place.column) == (
            line,
            len(before) - before.rfind("\n") - 1 + 2 - (column == "Cyngor"),
        )
    assert problem.message() and problem.remedy()


def test_numbers_of_choices_are_all_doubted_where_one_is_none(tmp_path: Path) -> None:
    rows: Rows = [["council", "period", "lead.plan.place", "lead.plan.money"]]
    rows += [["Cardiff", "2026", "1", "2"], ["Swansea", "2026", "0", "1"], ["Powys", "2026", "agreed", ""]]
    found = taken(tmp_path, csv_bytes(rows), how=SMALL)
    assert [one.organisation for one, _ in found.answers] == ["Powys"]
    assert errors(found.problems) == ["W095", "W098"]


def test_yes_and_no_are_asked_for_in_the_readers_words(tmp_path: Path) -> None:
    """The IDs of other options are the file's own in both languages; "yes, no" is English."""
    rows: Rows = [["council", "period", "lead.plan.named"], ["Cardiff", "2026", "perhaps"]]
    (problem,) = (p for p in taken(tmp_path, csv_bytes(rows), how=SMALL).problems if p.kind.code == "W095")
    assert "Ie neu Na" in problem.remedy(Words("cy")) and "yes" not in problem.remedy(Words("cy"))
    assert "Yes or No" in problem.remedy(Words("en"))


def test_na_is_welsh_for_no_only_where_it_cannot_be_anything_else(tmp_path: Path) -> None:
    def answer(text: str, heading: str) -> object:
        rows: Rows = [["council", "period", heading], ["Cardiff", "2026", text]]
        found = taken(tmp_path, csv_bytes(rows), how=SMALL).answers
        return found[0][0].answers[heading_of[heading]].value if found else None

    heading_of = {
        "lead.plan.named": "lead.plan.named",
        "A oes rhywun wedi'i enwi?": "lead.plan.named",
        "lead.plan.read": "lead.plan.read",
    }
    assert answer("Na", "lead.plan.named") == "no"
    assert answer("Ie", "lead.plan.named") == "yes"
    assert answer("na", "A oes rhywun wedi'i enwi?") == "no"
    assert answer("NA", "A oes rhywun wedi'i enwi?") is None
    assert answer("na", "lead.plan.named") is None
    # This one can be 'not applicable'.
    assert answer("Na", "lead.plan.read") is None


def one_table(*rows: list[Any]) -> bytes:
    return csv_bytes(list(rows))


H = ["council", "period", "lead.plan.place", "lead.plan.named"]
LONG = ["council", "period", "question", "answer"]


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        (one_table(["a", "b"], ["1", "2"]), {("W060", "t.csv:1")}),
        (one_table(H[1:], ["2026", "none", "yes"]), {("W070", "t.csv:1:1"), ("W075", "t.csv:2:1")}),
        (one_table([H[0], *H[2:]], ["Cardiff", "none", "yes"]), {("W071", "t.csv:1:1")}),
        (one_table([*H, "GSS code"], ["Cardiff", "2026", "none", "yes", "W06000011"]), {("W073", "t.csv:2:23")}),
        (one_table([*H, "Colour"], ["Cardiff", "2026", "none", "yes", "red"]), {("W079", "t.csv:1:48")}),
        (one_table([*H, "lead.plan.mony"], ["Cardiff", "2026", "none", "yes", "some"]), {("W080", "t.csv:1:48")}),
        (one_table([*H, "Is there a plan?"], ["Cardiff", "2026", "none", "yes", "none"]), {("W082", "t.csv:1:48")}),
        (one_table(H, ["Cardiff", "2026", "none", "yes"], ["Caerdydd", "2026", "none", "no"]), {("W077", "t.csv:3:1")}),
        (one_table(H, ["Cardiff", "2026", "none"]), {("W085", "t.csv:2:1")}),
        (one_table(H, ["Cardiff", "2026", "none", "yes"], ["", "", "", ""], ["Powys", "2026", "none", "no"]), {("W086", "t.csv:3:1")}),
        (one_table(H, ["Cardiff", "2026", "none", "yes"], H, ["Powys", "2026", "none", "no"]), {("W088", "t.csv:3:1")}),
        (one_table(H, ["Cardiff", "2026", "none", "yes"], [*H[:2], *H[:1:-1]], ["Powys", "2026", "no", "none"]), {("W087", "t.csv:3:1")}),
        (one_table(["Returns", "", "", ""], H, ["Cardiff", "2026", "none", "yes"]), {("W089", "t.csv:1:1")}),
        (one_table([*H, ""], ["Cardiff", "2026", "none", "yes", ""], ["Powys", "2026", "none", "yes", "?"]), {("W089", "t.csv:3:21")}),
        (one_table(LONG, ["Cardiff", "2026", "lead.plan.plaice", "none"]), {("W083", "t.csv:2:14")}),
        (one_table(LONG, ["Cardiff", "2026", "", "none"]), {("W075", "t.csv:2:14")}),
        (one_table(LONG, *[["Cardiff", "2026", H[2], "none"]] * 2), {("W084", "t.csv:3:30")}),
        (one_table([*LONG, "status"], ["Cardiff", "2026", H[2], "none", "draft"], ["Cardiff", "2026", H[3], "no", "submitted"]), {("W076", "t.csv:3:33")}),
        (one_table([*H, "questionnaire"], ["Cardiff", "2026", "none", "yes", "small@2.0.0"]), {("W069", "t.csv:2:23")}),
        (one_table([*H, "Which ways?"], ["Cardiff", "2026", "none", "yes", "By telephone; By pigeon"]), {("W095", "t.csv:2:23")}),
        (one_table(H, ["Cardiff", "2026", "none", "yes"]).rstrip(b"\r\n"), {("W064", "t.csv:2:19")}),
        (b'council,period,lead.plan.place\r\nCardiff,2026,"none\r\n', {("W063", "t.csv:2")}),
        (b"council,period,status,applicable,answers_sha256\r\n", {("W067", "t.csv:1:1")}),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), {("W061", "t.csv")}),
        (b"PK\x03\x04" + bytes(50), {("W061", "t.csv")}),
        (b"a,b\x00c\n", {("W061", "t.csv")}),
        (b"<html><table>", {("W061", "t.csv")}),
        (b"", {("W061", "t.csv")}),
        (b"council,\x81\x8d\n", {("W061", "t.csv")}),
        (b",".join([b"x"] * 2_500) + b"\n", {("W062", "t.csv:1")}),
    ],
)  # fmt: skip
def test_each_finding_of_a_table(tmp_path: Path, content: bytes, wanted: set[tuple[str, str]]) -> None:
    found = taken(tmp_path, content, how=SMALL)
    beside = {"W108", "W100"}
    assert {t for t in told(found.problems) if t[0] not in beside} == wanted
    for problem in found.problems:
        assert problem.message() and problem.remedy()


def test_councils_left_out_are_named_in_the_language_of_the_message(tmp_path: Path) -> None:
    rows: Rows = [H, *([name, "2026", "what", "yes"] for name in ("Cardiff", "Swansea"))]
    left = next(p for p in taken(tmp_path, csv_bytes(rows), how=SMALL).problems if p.kind.code == "W100")
    said = [left.message(Words(language)).rsplit(": ", 1)[1] for language in LANGUAGES]
    assert said == ["Cardiff 2026, Swansea 2026.", "Caerdydd 2026, Abertawe 2026."]


def test_a_table_that_two_questionnaires_fit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from maturity.intake import table_layout

    headings = table_layout.Headings(small()[0])
    newer = table_layout.Headings(small()[0].model_copy(update={"version": "1.1.0"}))
    monkeypatch.setattr(table_layout, "candidates", lambda _asked: [headings, newer])
    rows: Rows = [H, ["Cardiff", "2026", "none", "yes"]]
    found = taken(tmp_path, csv_bytes(rows), how=How())
    assert errors(found.problems) == ["W068"] and "small@1.0.0, small@1.1.0" in found.problems[0].message()
    named = [[*row, more] for row, more in zip(rows, ["questionnaire", "small@1.1.0"], strict=True)]
    (one, _) = taken(tmp_path, csv_bytes(named), how=How()).answers[0]
    assert one.questionnaire.version == "1.1.0"


def test_a_heading_that_two_questions_share(tmp_path: Path) -> None:
    text = small()[0].model_dump(mode="json", by_alias=True)
    questions = text["dimensions"][0]["themes"][0]["questions"]
    questions[3]["text"] = questions[2]["text"]
    asked = type(small()[0]).model_validate(text)
    rows: Rows = [["council", "period", "Is somebody named?"], ["Cardiff", "2026", "yes"]]
    assert errors(taken(tmp_path, csv_bytes(rows), how=How(asked=asked)).problems) == ["W081"]


def test_options_of_one_name_are_not_told_apart(tmp_path: Path) -> None:
    text = small()[0].model_dump(mode="json", by_alias=True)
    options = text["dimensions"][0]["themes"][0]["questions"][0]["options"]
    options[1]["text"] = options[2]["text"]
    asked = type(small()[0]).model_validate(text)
    label = options[1]["text"]["en"].removeprefix("=")
    rows: Rows = [["council", "period", "lead.plan.place"], ["Cardiff", "2026", label]]
    assert errors(taken(tmp_path, csv_bytes(rows), how=How(asked=asked)).problems) == ["W096"]


def test_several_joined_in_many_ways(tmp_path: Path) -> None:
    for text in (
        "phone;desk",
        "By telephone;At a desk;",
        "Dros y ffôn, Wrth ddesg",
        "desk\nphone",
        "phone | desk",
    ):
        rows: Rows = [["council", "period", "serve.online.ways"], ["Cardiff", "2026", text]]
        (one, _) = taken(tmp_path, csv_bytes(rows), how=SMALL).answers[0]
        assert one.answers["serve.online.ways"].value == ("phone", "desk")


def test_several_people_of_one_council_count_for_nobody_until_they_agree(tmp_path: Path) -> None:
    rows: Rows = [["council", "period", "name", "lead.plan.place"]]
    rows += [
        ["Cardiff", "2026", "Ann", "none"],
        ["Cardiff", "2026", "Bob", "agreed"],
        ["Powys", "2026", "Cai", "none"],
    ]
    path = tmp_path / "t.csv"
    path.write_bytes(csv_bytes(rows))
    assert len(read_file(path, "t.csv", wales(), SMALL).answers) == 3
    collection = collect([path], wales(), small())
    assert [c.assessment.organisation for c in collection.assessments] == ["Powys"]
    assert errors(collection.problems) == ["W078"]


@pytest.mark.parametrize("order", [("a", "b"), ("b", "a")])
def test_the_same_council_in_a_table_and_in_another_file(tmp_path: Path, order: tuple[str, str]) -> None:
    """With the same answers the first counts; with others neither, whichever name comes first."""
    yaml, table = tmp_path / f"{order[0]}.yaml", tmp_path / f"{order[1]}.csv"
    one = small_assessment("Cardiff")
    answers = {q: a for q, a in one.answers.items() if q == "lead.plan.place"}
    write_assessment(yaml, one.model_copy(update={"answers": answers}))
    rows = [
        ["council", "period", "lead.plan.place"],
        *([c, "2026", answers["lead.plan.place"].value] for c in ("Caerdydd", "Powys")),
    ]
    table.write_bytes(csv_bytes(rows))
    found = collect([tmp_path], wales(), small())
    assert [c.assessment.organisation for c in found.assessments].count("Cardiff") == 1
    (problem,) = [p for p in found.problems if p.kind.severity == "error"]
    assert problem.kind.code == "I004" and "that one counts" in problem.message()
    assert Path(problem.place.file).name.startswith("b.")
    assert Path(str(problem.details["other"]).partition(":")[0]).name.startswith("a.")

    table.write_bytes(one_table(H, ["Caerdydd", "2026", "none", "yes"], ["Powys", "2026", "none", "no"]))
    found = collect([tmp_path], wales(), small())
    assert [c.assessment.organisation for c in found.assessments] == ["Powys"]
    told = {
        (p.kind.code, str(p.place), p.details["other"]) for p in found.problems if p.kind.severity == "error"
    }
    assert told == {
        ("W275", str(yaml), f"{table}:2:1"),
        ("W275", f"{table}:2:1", str(yaml)),
    }


def test_the_period_can_be_said_beside_the_table(tmp_path: Path) -> None:
    content = one_table(["council", "lead.plan.place"], ["Cardiff", "none"])
    found = taken(tmp_path, content, how=How(asked=small()[0], period="2026-Q1"))
    assert found.answers[0][0].period == "2026-Q1"


# What workbooks know beside values


def test_what_a_workbook_knows_beside_its_values(tmp_path: Path) -> None:
    head = ["council", "period", "lead.plan.place", "serve.online.days", "lead.plan.money"]
    rows: Rows = [head, *([c, 2026, "none", "12", "some"] for c in ("Cardiff", "Powys", "Conwy"))]

    def change(workbook: Any) -> None:
        sheet = workbook["Answers"]
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["C"].hidden = True
        secret = workbook.create_sheet("Old")
        secret.append(head)
        secret.sheet_state = "hidden"
        workbook.create_sheet("Lists").append(["a", "b"])

    found = taken(tmp_path, xlsx_bytes(rows, change), "t.xlsx", SMALL)
    assert {t for t in told(found.problems) if t[0] != "W108"} == {
        ("W090", "t.xlsx[Answers]!A3"),
        ("W091", "t.xlsx[Answers]!C1"),
        ("W092", "t.xlsx[Old]"),
        ("W094", "t.xlsx[Answers]!D2"),
        ("W089", "t.xlsx[Lists]"),
    }
    assert len(found.answers) == 3


def test_merged_cells_and_formulas_without_results(tmp_path: Path) -> None:
    rows: Rows = [H, ["Cardiff", "2026", "none", "yes"], ["Powys", "2026", "=C2", "no"]]
    found = taken(tmp_path, xlsx_bytes(rows), "t.xlsx", SMALL)
    assert [one.organisation for one, _ in found.answers] == ["Cardiff"]
    assert {("W052", "t.xlsx[Answers]!C3"), ("W093", "t.xlsx[Answers]!C3")} <= told(found.problems)
    merged = xlsx_bytes(rows[:2], lambda w: w["Answers"].merge_cells("A2:A3"))
    assert errors(taken(tmp_path, merged, "t.xlsx", SMALL).problems) == ["W028"]


@pytest.mark.system
def test_the_same_through_libreoffice(tmp_path: Path) -> None:
    rows: Rows = [
        [*H, "serve.online.days"],
        *([c, 2026, "none", "yes", "=3+4"] for c in ("Cardiff", "Powys")),
    ]

    def change(workbook: Any) -> None:
        workbook["Answers"].row_dimensions[3].hidden = True
        workbook["Answers"].column_dimensions["D"].hidden = True

    ods = through_libreoffice(xlsx_bytes(rows, change), tmp_path / "o", "ods")
    found = taken(tmp_path, ods, "t.ods", SMALL)
    assert {
        ("W090", "t.ods[Answers]!A3"),
        ("W091", "t.ods[Answers]!D1"),
        ("W093", "t.ods[Answers]!E2"),
    } <= told(found.problems)
    assert [one.answers["serve.online.days"].value for one, _ in found.answers] == [7.0, 7.0]


def test_limits_hold_and_more_findings_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from maturity.intake import table_csv, table_findings

    rows: Rows = [LONG, *(["Atlantis", "2026", H[2], f"x{n}"] for n in range(5))]
    rows += [["Cardiff", "2026", f"q{n}", "x"] for n in range(30)]
    monkeypatch.setattr(table_findings, "MOST_TOLD", 10)
    found = taken(tmp_path, csv_bytes(rows), how=SMALL)
    assert len(found.problems) == 11 and found.problems[-1].kind.code == "W101"
    monkeypatch.setattr(table_csv, "MAX_ROWS", 20)
    assert errors(taken(tmp_path, csv_bytes(rows), how=SMALL).problems)[-1:] in (["W062"], ["W101"])
    monkeypatch.setattr(table_csv, "LONGEST_LINE", 5_000)
    lines = (b"council,period," + b"x" * 400 + b"\n") * 15
    assert errors(taken(tmp_path, lines, how=SMALL).problems) != ["W062"]
    assert errors(taken(tmp_path, b"council,period," * 400, how=SMALL).problems) == ["W062"]
    monkeypatch.setattr(table_csv, "MAX_BYTES", 100)
    assert errors(taken(tmp_path, csv_bytes(rows), how=SMALL).problems) == ["W062"]


def test_councils_are_suggested_only_where_that_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Counted, not timed: looking for the likest name is slow, and a file may name thousands that are none."""
    from maturity.intake import table_findings

    asked: list[str] = []
    suggest = Register.suggest
    monkeypatch.setattr(Register, "suggest", lambda self, name: asked.append(name) or suggest(self, name))
    monkeypatch.setattr(table_findings, "MOST_TOLD", 5)
    wide: Rows = [H, *([f"Atlantis {n}", "2026", "none", "yes"] for n in range(50))]
    found = taken(tmp_path, csv_bytes([*wide, ["Swansea", "2026", "none", "yes"]]), how=SMALL)
    assert len(asked) == 5 and len(found.answers) == 1
    # Long: a row of Cardiff's may hide behind a name that is not listed, and Cardiff's answers then count no more.
    rows: Rows = [LONG, *([f"Atlantis {n}", "2026", H[2], "none"] for n in range(50))]
    rows += [[name, "2026", H[2], "none"] for name in ("Cardif", "Cardiff", "Swansea")]
    found = taken(tmp_path, csv_bytes(rows), how=SMALL)
    assert [one.organisation for one, _ in found.answers] == ["Swansea"]
    asked.clear()
    found = taken(tmp_path, csv_bytes(rows[:-2]), how=SMALL)
    assert len(asked) == 5 and found.answers == [], "nobody's answers are there to be doubted"


def test_sets_left_out_are_counted_with_the_rows_that_could_not_be_placed(tmp_path: Path) -> None:
    """Worked out by hand: seven rows, five refused for their status, one for its answer, one of no council."""
    names = ("Cardiff", "Swansea", "Newport", "Conwy", "Gwynedd")
    rows: Rows = [[*H, "status"], *([name, "2026", "none", "yes", "finished"] for name in names)]
    rows += [["Powys", "2026", "what", "yes", "draft"], ["Atlantis", "2026", "none", "yes", "draft"]]
    left = next(p for p in taken(tmp_path, csv_bytes(rows), how=SMALL).problems if p.kind.code == "W100")
    assert (left.details["n"], left.details["of"]) == (6, 6)
    assert left.message().endswith(
        "Powys 2026, Cardiff 2026, Swansea 2026, Newport 2026, Conwy 2026, Gwynedd 2026."
    )
    # In a long table many rows are one set, and some of them may have been placed.
    long_rows: Rows = [[*LONG, "status"]]
    for name in names[:2]:
        long_rows += [[name, "2026", one, "none", "finished"] for one in H[2:]]
    long_rows += [["Swansea", "2026", H[2], "none", "draft"], ["Powys", "2026", H[2], "none", "draft"]]
    left = next(p for p in taken(tmp_path, csv_bytes(long_rows), how=SMALL).problems if p.kind.code == "W100")
    assert left.message().endswith("known, 2 are left out: Swansea 2026, Cardiff 2026.")
    assert left.details["of"] == 3


def test_a_long_csv_is_read_in_bounded_memory(tmp_path: Path) -> None:
    """Rows are not kept: only answers are, and equal ones are one."""
    import tracemalloc

    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(LONG)
    names = [o.name.to("en") for o in wales().organisations]
    for n in range(40_000):
        period = f"{1900 + n // 88 % 200}-{1 + n // 17_600:02}"
        writer.writerow(
            [
                names[n // 4 % 22],
                period,
                list(small()[0].questions)[n % 4],
                ["agreed", "all", "yes", "no"][n % 4],
            ]
        )
    path = tmp_path / "long.csv"
    path.write_text(out.getvalue(), encoding="utf-8")
    tracemalloc.start()
    found = read_file(path, "long.csv", wales(), SMALL)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert errors(found.problems) == [] and len(found.answers) == 10_000
    assert peak < 60_000_000


def test_a_folder_s_other_tables_are_left_aside(tmp_path: Path) -> None:
    (tmp_path / "prices.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    (tmp_path / "t.csv").write_bytes(one_table(H, ["Cardiff", "2026", "none", "yes"]))
    collection = collect([tmp_path], wales(), small())
    assert [p.name for p in collection.left_aside] == ["prices.csv"]
    assert len(collection.assessments) == 1


def test_head_is_what_the_examples_have() -> None:
    assert len(HEAD) == len(about(next(iter(truth().values()))))
    assert isinstance(next(iter(truth().values())), Assessment)


@pytest.mark.parametrize("order", [1, -1])
def test_two_rows_of_headings_that_mean_the_same(tmp_path: Path, order: int) -> None:
    """Survey tools export ids and texts below one another."""
    answers, questionnaire = list(truth().values())[:2], socitm()
    by_text = wide(answers, questionnaire, heading=lambda q: q.text.to("en"))
    heads = [wide(answers, questionnaire)[0], by_text[0]][::order]
    found = taken(tmp_path, csv_bytes([*heads, *by_text[1:]]))
    assert told(found.problems) == {("W088", "t.csv:2:1")}
    for assessment, _ in found.answers:
        assert assessment.answers == truth()[assessment.organisation].answers
    heads[1][6], heads[1][7] = heads[1][7], heads[1][6]
    found = taken(tmp_path, csv_bytes([*heads, *by_text[1:]]))
    assert errors(found.problems) == ["W087"] and found.answers == []


@pytest.mark.parametrize("before", ["Q7 ", "C7. ", "7) ", "Q7: "])
def test_headings_with_a_number_before_them(tmp_path: Path, before: str) -> None:
    answers = list(truth().values())[:1]
    rows = wide(answers, socitm(), heading=lambda q: f"{before}{q.text.to('en')} *")
    found = taken(tmp_path, csv_bytes(rows))
    assert found.problems == [] and found.answers[0][0].answers == answers[0].answers


def test_what_forms_put_before_the_questions_is_no_finding(tmp_path: Path) -> None:
    rows = wide(list(truth().values())[:1], socitm())
    own = ["ID", "Email", "Last modified time", "E-bost"]
    found = taken(tmp_path, csv_bytes([[*own, *rows[0]], ["1", "anonymous", "", "", *rows[1]]]))
    assert found.problems == [] and len(found.answers) == 1
