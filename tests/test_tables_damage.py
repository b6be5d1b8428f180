"""Tables that people and programs damaged: every answer is read right or told with its place, never read wrong."""

from __future__ import annotations

import datetime as dt
import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from maturity.intake.matching import fold
from maturity.intake.table_values import Values
from maturity.intake.tables import Taken, agreed
from maturity.sources.registers import wales
from table_data import (
    HEAD,
    Rows,
    csv_bytes,
    errors,
    in_words,
    long,
    socitm,
    taken,
    truth,
    wide,
    xlsx_bytes,
)

Damage = Callable[[Rows, random.Random], None]
FIRST = len(HEAD)


def cells(rows: Rows, rng: random.Random, share: float = 0.4) -> list[tuple[int, int]]:
    """Some of the cells that hold answers."""
    wide = "answer" not in rows[0]
    columns = range(FIRST, len(rows[0])) if wide else [len(rows[0]) - 1]
    return [(r, c) for r in range(1, len(rows)) for c in columns if rows[r][c] != "" and rng.random() < share]


def each(change: Callable[[str, random.Random], str], share: float = 0.4) -> Damage:
    def damage(rows: Rows, rng: random.Random) -> None:
        for r, c in cells(rows, rng, share):
            rows[r][c] = change(str(rows[r][c]), rng)

    return damage


# What loses nothing


def spaces(text: str, rng: random.Random) -> str:
    return rng.choice([f"{text} ", f"  {text}", f"{text}\t", f"\xa0{text}", text.replace(" ", "  ")])


def case(text: str, rng: random.Random) -> str:
    # 'Forms' may be the id 'forms', or the beginning of another option's words.
    return rng.choice([text.upper(), text.lower(), text.capitalize() if " " in text else text])


def autocorrected(text: str, rng: random.Random) -> str:
    return text.replace("'", "’").replace("-", rng.choice("–—‑")).replace('"', "”").replace("...", "…")


def plain_letters(text: str, rng: random.Random) -> str:
    pairs = str.maketrans("âêîôûŵŷÂÊÎÔÛŴŶáéíóúäëïöü", "aeiouwyAEIOUWYaeiouaeiou")
    return text.translate(pairs)


def decimal_comma(text: str, rng: random.Random) -> str:
    return text.replace(".", ",") if text.replace(".", "", 1).isdigit() else text


def other_language(rows: Rows, rng: random.Random) -> None:
    labels = {fold(o.text.to("en")): o.text.to("cy") for q in socitm().questions.values() for o in q.choices}
    for r, c in cells(rows, rng):
        rows[r][c] = labels.get(fold(rows[r][c]), rows[r][c])


def rows_sorted(rows: Rows, rng: random.Random) -> None:
    column = rng.randrange(len(rows[0]))
    rows[1:] = sorted(rows[1:], key=lambda row: str(row[column]), reverse=rng.random() < 0.5)


def columns_moved(rows: Rows, rng: random.Random) -> None:
    order = list(range(len(rows[0])))
    rng.shuffle(order)
    rows[:] = [[row[c] for c in order] for row in rows]


def blank_rows(rows: Rows, rng: random.Random) -> None:
    for _ in range(3):
        rows.insert(rng.randrange(2, len(rows)), [""] * len(rows[0]))


def title_above(rows: Rows, rng: random.Random) -> None:
    rows.insert(0, ["Digital maturity: returns", *[""] * (len(rows[0]) - 1)])


def head_again(rows: Rows, rng: random.Random) -> None:
    rows.insert(rng.randrange(2, len(rows)), list(rows[0]))


HARMLESS: dict[str, Damage] = {
    "spaces": each(spaces),
    "case": each(case),
    "autocorrected": each(autocorrected, 1),
    "letters without accents": each(plain_letters, 1),
    "decimal commas": each(decimal_comma, 1),
    "labels of the other language": other_language,
    "rows sorted": rows_sorted,
    "columns moved": columns_moved,
    "blank rows": blank_rows,
    "a title above": title_above,
    "the headings again": head_again,
}


# What loses something


def some(change: Callable[[Rows, int, int, random.Random], object], n: int = 4) -> Damage:
    def damage(rows: Rows, rng: random.Random) -> None:
        for r, c in rng.sample(cells(rows, rng, 1), n):
            change(rows, r, c, rng)

    return damage


def put(text: object) -> Callable[[Rows, int, int, random.Random], None]:
    def change(rows: Rows, r: int, c: int, rng: random.Random) -> None:
        rows[r][c] = text

    return change


def cut(rows: Rows, r: int, c: int, rng: random.Random) -> None:
    """Only words: of a number that lost a digit nothing is left to see."""
    text = str(rows[r][c])
    rows[r][c] = text[: len(text) - 3] if not text[:1].isdigit() and len(text) > 4 else "?"


def one_letter_wrong(rows: Rows, r: int, c: int, rng: random.Random) -> None:
    text = str(rows[r][c])
    at = rng.randrange(len(text))
    rows[r][c] = text[:at] + "§q" + text[at + 1 :] if not text[:1].isdigit() else "l2"


def circumflex_to_question_mark(rows: Rows, rng: random.Random) -> None:
    for r, c in cells(rows, rng, 1):
        rows[r][c] = "".join(x if ord(x) < 128 else "?" for x in str(rows[r][c]))


def answers_sorted_alone(rows: Rows, rng: random.Random) -> None:
    """The column of answers (long), or those of the first question in three (wide) moved one on."""
    if "answer" in rows[0]:
        column = sorted((row[-1] for row in rows[1:]), key=str)
        for row, cell in zip(rows[1:], column, strict=True):
            row[-1] = cell
        return
    for row in rows[1:]:
        row[FIRST : FIRST + 3] = [row[FIRST + 2], row[FIRST], row[FIRST + 1]]


def questions_sorted_alone(rows: Rows, rng: random.Random) -> None:
    if "answer" not in rows[0]:
        rows[0][FIRST:] = sorted(rows[0][FIRST:])
        return
    column = sorted(row[-2] for row in rows[1:])
    for row, cell in zip(rows[1:], column, strict=True):
        row[-2] = cell


def shifted_down(rows: Rows, rng: random.Random) -> None:
    """Answers from some row on stand one row lower (long), or one column to the left (wide)."""
    if "answer" in rows[0]:
        start = rng.randrange(1, len(rows) // 2)
        column = [row[-1] for row in rows[start:]]
        for row, cell in zip(rows[start:], [column[-1], *column[:-1]], strict=True):
            row[-1] = cell
        return
    row = rng.choice(rows[1:])
    at = rng.randrange(FIRST, len(row) // 2)
    row[at:] = [*row[at + 1 :], ""]


def pasted_over(rows: Rows, rng: random.Random) -> None:
    """A block of rows pasted over others; in a wide table, the answers of a column over those beside."""
    if "answer" in rows[0]:
        start = rng.randrange(1, len(rows) - 60)
        block = [list(row) for row in rows[start : start + 20]]
        rows[start + 30 : start + 50] = block
        return
    at = rng.randrange(FIRST, FIRST + 20)
    for row in rows[1:]:
        row[at + 1] = row[at]


def councils_filled_down(rows: Rows, rng: random.Random) -> None:
    """From a council's last row on, so that ten rows change hands."""
    starts = [r for r in range(2, len(rows) - 10) if rows[r][0] != rows[r - 1][0]]
    start = rng.choice(starts)
    for row in rows[start : start + 10]:
        row[0] = rows[start - 1][0]


def row_twice(rows: Rows, rng: random.Random) -> None:
    rows.append(list(rng.choice(rows[1:])))


def total_row(rows: Rows, rng: random.Random) -> None:
    rows.append(["Total", *[str(len(rows) - 1)] * (len(rows[0]) - 1)])


def other_head(rows: Rows, rng: random.Random) -> None:
    """A second table below, with its columns in another order."""
    half = len(rows) // 2
    order = [0, 1, 2, 3, 4, *reversed(range(FIRST, len(rows[0])))]
    below = [[row[c] for c in order] for row in (rows[0], *rows[half:])]
    rows[half:] = below


def no_council(rows: Rows, rng: random.Random) -> None:
    rows[rng.randrange(1, len(rows))][0] = ""


def misspelt_council(rows: Rows, rng: random.Random) -> None:
    row = rows[rng.randrange(1, len(rows))]
    row[0] = row[0][:-1] + "q"


def period_as_date(rows: Rows, rng: random.Random) -> None:
    rows[rng.randrange(1, len(rows))][1] = "01/03/2026"


def numbers_from_nought(rows: Rows, rng: random.Random) -> None:
    """Levels as 0 to 4."""
    levels = {fold(q.id): q for q in socitm().questions.values() if q.type == "level"}
    levels |= {fold(q.text.to(lang)): q for q in list(levels.values()) for lang in ("en", "cy")}
    is_long = "answer" in rows[0]
    for r, c in cells(rows, rng, 1):
        question = levels.get(fold(rows[r][-2] if is_long else rows[0][c]))
        for number, option in enumerate(question.choices if question else ()):
            if fold(rows[r][c]) in {fold(option.id), *map(fold, option.text.root.values())}:
                rows[r][c] = str(number)
                break


def headings_misspelt(rows: Rows, rng: random.Random) -> None:
    if "answer" in rows[0]:
        for row in rng.sample(rows[1:], 5):
            row[-2] = row[-2][:-1] + "q"
    else:
        for c in rng.sample(range(FIRST, len(rows[0])), 5):
            rows[0][c] = rows[0][c][:-1] + "q"


def cells_lost(rows: Rows, rng: random.Random) -> None:
    """A separator in a text without quotes."""
    row = rows[rng.randrange(1, len(rows))]
    row.insert(rng.randrange(1, len(row)), "and so on")


HARMFUL: dict[str, Damage] = {
    "03-Apr": some(put("03-Apr")),
    "3/4/2026": some(put("3/4/2026")),
    "2026-04-03": some(put("2026-04-03 00:00:00")),
    "#REF!": some(put("#REF!")),
    "=A1": some(put("=A1")),
    "NA": some(put("NA")),
    "-": some(put("-")),
    "-3": some(put("-3")),
    "cut off": some(cut),
    "one letter wrong": some(one_letter_wrong),
    "circumflex lost": circumflex_to_question_mark,
    "answers sorted alone": answers_sorted_alone,
    "questions sorted alone": questions_sorted_alone,
    "shifted": shifted_down,
    "pasted over": pasted_over,
    "councils filled down": councils_filled_down,
    "a row twice": row_twice,
    "a row of totals": total_row,
    "a second table below": other_head,
    "no council": no_council,
    "a council misspelt": misspelt_council,
    "a period as a date": period_as_date,
    "levels from nought": numbers_from_nought,
    "headings misspelt": headings_misspelt,
    "cells lost": cells_lost,
}
FORMS = {
    "wide ids": lambda: wide(list(truth().values()), socitm()),
    "long ids": lambda: long(list(truth().values()), socitm()),
    "wide words": lambda: wide(list(truth().values()), socitm(), in_words("en"), lambda q: q.text.to("en")),
    "long words": lambda: long(list(truth().values()), socitm(), in_words("cy"), lambda q: q.text.to("cy")),
}


def read(tmp_path: Path, rows: Rows, kind: str) -> Taken:
    """What counts of a table: where two people of a council answered, neither does."""
    if kind == "xlsx":
        found = taken(tmp_path, xlsx_bytes(rows), "t.xlsx")
    else:
        found = taken(tmp_path, csv_bytes(rows, ";" if kind == "csv;" else ","))
    answers, problems = agreed(found, wales())
    return Taken(answers, [*found.problems, *problems])


def wrong(found: Taken) -> list[tuple[str, str, object]]:
    """Answers that were read and are not what the council answered."""
    return [
        (one.organisation, name, answer.value)
        for one, _ in found.answers
        for name, answer in one.answers.items()
        if answer != truth()[one.organisation].answers.get(name)
    ]


def lost(found: Taken) -> list[tuple[str, str]]:
    """Answers of councils that were read which are not among what was read."""
    return [
        (one.organisation, name)
        for one, _ in found.answers
        for name in truth()[one.organisation].answers
        if name not in one.answers
    ]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("damage", HARMLESS)
def test_what_can_be_read_is_read_right(tmp_path: Path, damage: str, form: str) -> None:
    kind = "xlsx" if form == "wide words" else "csv;"
    rows = FORMS[form]()
    HARMLESS[damage](rows, random.Random(f"{damage} {form} {kind}"))
    found = read(tmp_path, rows, kind)
    assert wrong(found) == []
    assert errors(found.problems) == []
    assert {one.organisation for one, _ in found.answers} == truth().keys()
    assert lost(found) == []


@pytest.mark.parametrize(
    ("damage", "form"),
    # Only the Welsh table has accents to lose.
    [(d, f) for d in HARMFUL for f in FORMS if d != "circumflex lost" or f == "long words"],
)
def test_what_cannot_be_read_is_told_and_never_read_wrong(tmp_path: Path, damage: str, form: str) -> None:
    for seed in range(8 if os.environ.get("MATURITY_ATTACK") else 1):
        rows = FORMS[form]()
        HARMFUL[damage](rows, random.Random(f"{damage} {form} {seed}"))
        found = read(tmp_path, rows, "csv")
        assert wrong(found) == []
        assert errors(found.problems)
        assert len(found.answers) < len(truth()) or damage == "a row of totals"
        if lost(found):
            # Rows that went to another council are told there, as answers given twice or by two people.
            assert damage in ("councils filled down", "pasted over")
            assert {"W078", "W084"} & set(errors(found.problems))
        for problem in found.problems:
            assert problem.message() and problem.remedy()
            assert problem.place.line is not None or problem.kind.code in ("W100", "W101")


@pytest.mark.parametrize("form", FORMS)
def test_dates_that_a_workbook_made_of_answers(tmp_path: Path, form: str) -> None:
    rows = FORMS[form]()
    rng = random.Random(form)
    at = rng.sample(cells(rows, rng, 1), 5)
    for r, c in at:
        rows[r][c] = dt.datetime(2026, 4, 3)
    found = read(tmp_path, rows, "xlsx")
    assert wrong(found) == []
    dated = {str(p.place) for p in found.problems if p.kind.code == "W097"}
    assert dated == {f"t.xlsx[Answers]!{letter(c)}{r + 1}" for r, c in at}


def letter(column: int) -> str:
    from maturity.intake.xlsx import letters

    return letters(column + 1)


def test_the_places_are_the_damaged_cells(tmp_path: Path) -> None:
    rows = FORMS["long ids"]()
    rng = random.Random(5)
    at = [r for r, _ in rng.sample(cells(rows, rng, 1), 6)]
    for r in at:
        rows[r][-1] = "no such answer"
    found = read(tmp_path, rows, "csv")
    lines = csv_bytes(rows).decode("utf-8-sig").splitlines()
    places = {(p.place.line, p.place.column) for p in found.problems if p.kind.severity == "error"}
    assert places == {(r + 1, lines[r].rindex(",") + 2) for r in at}


def test_bytes_changed_at_random_never_raise(tmp_path: Path) -> None:
    """Nothing raises; letters that are other letters of the same council's answers cannot be seen, so only that."""
    rows = FORMS["wide ids"]()
    whole = csv_bytes(rows)
    for seed in range(60):
        rng = random.Random(seed)
        content = bytearray(whole[: rng.randrange(len(whole)) if seed % 2 else len(whole)])
        for _ in range(rng.randrange(1, 8)):
            if content:
                content[rng.randrange(len(content))] = rng.randrange(256)
        found = taken(tmp_path, bytes(content))
        for problem in found.problems:
            assert problem.message() and problem.remedy()


def test_a_text_that_is_one_edit_away_is_that_answer_or_none() -> None:
    """Every option of the questionnaire, by id and in both languages, with a letter lost, added or changed, or cut off."""
    values, rng = Values(socitm(), ","), random.Random(1)
    read_right = 0
    for question in socitm().questions.values():
        for option in question.choices:
            for text in (option.id, *option.text.root.values()):
                for _ in range(40 if os.environ.get("MATURITY_ATTACK") else 4):
                    at = rng.randrange(len(text))
                    letter_ = rng.choice("abcxyz 0123;,'’-")
                    rest = rng.choice([text[at + 1 :], letter_ + text[at:], letter_ + text[at + 1 :], ""])
                    found = values.read(question, text[:at] + rest).answer
                    assert found is None or found.value in (option.id, (option.id,))
                    read_right += found is not None
    # Blanks, quotes and dashes do no harm.
    assert read_right > 20
