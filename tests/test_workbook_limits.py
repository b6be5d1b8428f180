"""Small files that unfold to much: each is refused in bounded time and memory, and takes no other file with it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import program
from maturity.intake import workbook
from maturity.intake.grid import open_sheets
from maturity.intake.layout import LIMITS, Budget, Shared
from maturity.intake.workbook import read_template
from maturity.models.problem import MaturityError
from workbook_data import Speech, assessment, column, edited, open_small, rezipped, template

MEMORY = 1_200_000_000
PROCESSOR = 120
"""Seconds of the processor, after which the system ends what would never end."""

# In a process of its own: what aborts there aborts no test, and address space is bounded.
READER = f"""
import os, resource, sys
resource.setrlimit(resource.RLIMIT_AS, ({MEMORY}, {MEMORY}))
resource.setrlimit(resource.RLIMIT_CPU, ({PROCESSOR}, {PROCESSOR}))
from pathlib import Path
from maturity.intake.workbook import read_template
found, problems = read_template(Path(sys.argv[1]), "it")
print(found is None, *(p.kind.code for p in problems))
status = Path("/proc/self/status")
if status.exists():
    # The kernel counts for ru_maxrss what the process that started this one held.
    peak = next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM"))
else:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(peak // 1000, flush=True)
os._exit(0)
"""


def read_apart(path: Path) -> list[str]:
    """The lines that the reader writes; it is to end well."""
    done, _ = program.measured(path, prelude=READER)
    assert done.returncode == 0, done.stderr[-500:]
    return done.stdout.decode("utf-8").splitlines()


OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def refused(tmp_path: Path, content: bytes, code: str = "W004") -> None:
    path = tmp_path / "it"
    path.write_bytes(content)
    said, megabytes = read_apart(path)
    assert said == f"True {code}"
    assert int(megabytes) < 700


def ods(table: str, prefix: str = "table", bound: str = OFFICE + "table:1.0") -> bytes:
    body = f'<table:table table:name="a">{table}</table:table>'.replace("table:", prefix + ":")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", f'<m:manifest xmlns:m="{OFFICE}manifest:1.0"></m:manifest>')
        archive.writestr(
            "content.xml",
            f'<office:document-content xmlns:office="{OFFICE}office:1.0" xmlns:{prefix}="{bound}" '
            f'xmlns:text="{OFFICE}text:1.0"><office:body><office:spreadsheet>{body}</office:spreadsheet>'
            "</office:body></office:document-content>",
        )
    return out.getvalue()


def row(cell: str, rows: str = "1", columns: str = "1", kind: str = ' office:value-type="string"') -> str:
    return (
        f'<table:table-row table:number-rows-repeated="{rows}"><table:table-cell '
        f'table:number-columns-repeated="{columns}"{kind}>{cell}</table:table-cell></table:table-row>'
    )


ODS = {
    "spaces": row('<text:p>a<text:s text:c="2000000000"/>b</text:p>'),
    "spaces with a plus": row('<text:p>a<text:s text:c="+0000000002000000000"/>b</text:p>'),
    "spaces in many cells": row('<text:p><text:s text:c="100000"/></text:p>', "900", "500"),
    "one text in many cells": row(f"<text:p>{'x' * 30_000}</text:p>", "900", "500"),
    "one formula in many cells": row("", "900", "500", f' table:formula="{"1" * 30_000}"'),
    "far": row("<text:p>x</text:p>", "1000000", "16384"),
    "far without a type": row("<text:p>x</text:p>", "1000000", "16384", ""),
    "far with pluses and noughts": row("<text:p>x</text:p>", "+0000000000100000", "+16000"),
    "far below": row("", "1000000", "16384", "") + row("<text:p>x</text:p>", "1", "1"),
}


@pytest.mark.parametrize("table", ODS.values(), ids=ODS)
def test_an_ods_that_repeats(tmp_path: Path, table: str) -> None:
    assert len(ods(table)) < 2_000
    refused(tmp_path, ods(table))


def test_an_ods_whose_prefix_means_something_else(tmp_path: Path) -> None:
    """The parser goes by prefixes, whatever they are bound to."""
    refused(tmp_path, ods(ODS["far"], bound="urn:other"))
    refused(tmp_path, ods(ODS["spaces"], bound="urn:other"))


def test_an_ods_with_a_row_in_a_row(tmp_path: Path) -> None:
    cell = '<table:table-cell table:number-columns-repeated="16000" office:value-type="string"/>'
    nested = f"<table:table-row>{cell}<table:table-row/>{cell}</table:table-row>"
    refused(tmp_path, ods(nested), "W005")


def test_empty_rows_and_columns_to_the_end_do_no_harm(tmp_path: Path) -> None:
    """As every spreadsheet program writes them."""
    sheets = open_sheets(
        workbook.checked(ods(row("<text:p>x</text:p>") + row("", "1048575", "16384", "")), "it"), "it"
    )
    assert [list(map(list, s.rows)) for s in sheets] == [[["x"]]]


def xlsx(*sheets: bytes, same: bool = False, shared: bytes = b"", twice: str = "") -> bytes:
    """A filled-in template with more sheets; `same` gives them all the same part."""
    names = [f"x{0 if same else n}" for n in range(len(sheets))]
    listed = "".join(
        f'<sheet xmlns:r="{RELATED}" name="x{n}" sheetId="{900 + n}" r:id="r{n}"/>'
        for n in range(len(sheets))
    )
    related = "".join(
        f'<Relationship Id="r{n}" Type="{RELATED}/worksheet" Target="{twice * n}worksheets/{name}.xml"/>'
        for n, name in enumerate(names)
    )

    def change(name: str, part: bytes) -> bytes | None:
        if name == "xl/workbook.xml":
            return part.replace(b"</sheets>", listed.encode() + b"</sheets>")
        if name == "xl/_rels/workbook.xml.rels":
            return part.replace(b"</Relationships>", related.encode() + b"</Relationships>")
        return None if shared and name == "xl/sharedStrings.xml" else part

    head, tail = f'<worksheet xmlns="{MAIN}">'.encode(), b"</worksheet>"
    more = {f"xl/worksheets/{n}.xml": head + s + tail for n, s in zip(names, sheets, strict=True)}
    if shared:
        more["xl/sharedStrings.xml"] = shared
        related += f'<Relationship Id="shared" Type="{RELATED}/sharedStrings" Target="sharedStrings.xml"/>'
    return rezipped(template("en", assessment()), change, **more)


def data(content: bytes) -> bytes:
    return b"<sheetData>" + content + b"</sheetData>"


ONE_LONG = f'<sst xmlns="{MAIN}"><si><t>'.encode() + b"A" * 30_000 + b"</t></si><si><t>b</t></si></sst>"
FAR_BELOW = data(b'<row r="450000"><c r="A450000"><v>1</v></c></row>')


@pytest.mark.parametrize(
    "cell",
    [
        b'<c t="s"><v>0</v></c>',
        b'<c t="s"><v>+00</v></c>',
        b'<c t="s"><v><!-- -->0<!-- -->1</v></c>',
        b"<c t='s'><v><![CDATA[0]]></v></c>",
        b'<x:c t="s" xmlns:x="%s"><x:v>0</x:v></x:c>' % MAIN.encode(),
    ],
)
def test_one_shared_text_in_many_cells(tmp_path: Path, cell: bytes) -> None:
    rows = b"".join(b"<row>" + cell * 100 + b"</row>" for _ in range(1_000))
    refused(tmp_path, xlsx(data(rows), shared=ONE_LONG))


def test_shared_texts_that_are_not_all_there(tmp_path: Path) -> None:
    """An entry without a text shifts the numbers of those behind it, in some readers."""
    rows = b"".join(b"<row>" + b'<c t="s"><v>1</v></c>' * 100 + b"</row>" for _ in range(1_000))
    shifted = ONE_LONG.replace(b"<si><t>A", b"<si/><si><t>b</t></si><si><t>A")
    refused(tmp_path, xlsx(data(rows), shared=shifted))


def test_long_notes_beside_empty_texts_are_read(tmp_path: Path) -> None:
    """Our own templates hold an empty shared text: it makes nothing unsure."""
    note = {
        "lead__plan__money": assessment().answers["lead.plan.money"].model_copy(update={"note": "x" * 19_000})
    }
    path = tmp_path / "a.xlsx"
    path.write_bytes(template("en", assessment(**note)))
    found, problems = read_template(path, "a.xlsx", open_by_name=open_small)
    assert problems == []
    assert found is not None and found.answers == assessment(**note).answers


def test_many_sheets_that_reach_far(tmp_path: Path) -> None:
    refused(tmp_path, xlsx(FAR_BELOW, FAR_BELOW))
    refused(tmp_path, xlsx(*[FAR_BELOW] * 90))
    refused(tmp_path, xlsx(*[data(b"")] * (LIMITS["sheets"] + 1)))


@pytest.mark.parametrize("twice", ["", "./", "/xl/", "../xl/"])
def test_many_sheets_of_one_part(tmp_path: Path, twice: str) -> None:
    refused(tmp_path, xlsx(FAR_BELOW, FAR_BELOW, same=True, twice=twice), "W005")


def test_three_thousand_sheets_of_one_part(tmp_path: Path) -> None:
    refused(tmp_path, xlsx(*[FAR_BELOW] * 3_000, same=True))


def test_two_sheets_of_one_name(tmp_path: Path) -> None:
    content = rezipped(xlsx(data(b""), data(b"")), lambda n, p: p.replace(b'name="x1"', b'name="X0"'))
    refused(tmp_path, content, "W005")


@pytest.mark.parametrize(
    ("sheet", "code"),
    [
        (data(b"<row>" + b"<c/>" * 12_000_000 + b"</row>"), "W004"),
        (data(b"<row/>" * 8_000_000), "W004"),
        (data(b"") + b"<mergeCells>" + b'<mergeCell ref="A1:XFD9"/>' * 1_000_000 + b"</mergeCells>", "W004"),
        (data(b'<row><c a="<" r="XFD1048576"><v>1</v></c></row>'), "W001"),
        (data(b'<row r="00000000001048576"><c r="XFD00000000001048576"><v>1</v></c></row>'), "W004"),
        (data(b"<row><c><c r='XFD1048576'><v>1</v></c></c></row>"), "W005"),
    ],
)
def test_a_sheet_of_many_tags(tmp_path: Path, sheet: bytes, code: str) -> None:
    refused(tmp_path, xlsx(sheet), code)


def test_a_sheet_in_a_part_of_another_name(tmp_path: Path) -> None:
    """What is not XML by its name is never handed on."""
    renamed = rezipped(xlsx(data(b"")), lambda n, p: p.replace(b"worksheets/x0.xml", b"worksheets/x0.dat"))
    cell = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    sheet = f'<worksheet xmlns="{MAIN}">'.encode() + data(cell) + b"</worksheet>"
    refused(tmp_path, rezipped(renamed, lambda n, p: p, **{"xl/worksheets/x0.dat": sheet}), "W001")


def test_a_list_of_shared_texts_that_claims_to_be_long(tmp_path: Path) -> None:
    claim = ONE_LONG.replace(b"<sst ", b'<sst uniqueCount="4000000000" count="4000000000" ')
    path = tmp_path / "it"
    path.write_bytes(xlsx(shared=claim))
    read_apart(path)


def test_no_memory_is_a_problem_of_the_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none_left(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(workbook, "open_sheets", none_left)
    path = tmp_path / "a.xlsx"
    path.write_bytes(template())
    found, problems = read_template(path, "a.xlsx", open_by_name=open_small)
    assert found is None and [p.kind.code for p in problems] == ["W055"]


def test_a_panic_of_the_parser_is_a_problem_of_the_one_file(monkeypatch: pytest.MonkeyPatch) -> None:
    class PanicException(BaseException):
        pass

    def panic(*_: object) -> None:
        raise PanicException("index out of bounds")

    monkeypatch.setattr("python_calamine.CalamineWorkbook.from_filelike", panic, raising=False)
    monkeypatch.setattr("maturity.intake.grid.packed", panic)
    with pytest.raises(MaturityError) as error:
        open_sheets({}, "it")
    assert [p.kind.code for p in error.value.problems] == ["W001"]


def test_a_sheet_that_claims_to_be_large(tmp_path: Path) -> None:
    path = tmp_path / "it"
    path.write_bytes(xlsx(b'<dimension ref="A1:XFD1048576"/>' + data(b"")))
    read_apart(path)


# The quick measure


def exactly(parts: dict[str, bytes], monkeypatch: pytest.MonkeyPatch) -> tuple[Budget, Budget]:
    """What the quick measure takes from the budget, and what the one tag by tag does."""
    from maturity.intake import hostile

    spent = []
    for quick in (True, False):
        if not quick:
            monkeypatch.setattr(hostile, "measured", lambda *_: False)
        budget, shared = Budget("it"), Shared()
        for part, content in parts.items():
            hostile._check_part(part, content, budget, shared)
        budget.take("characters", shared.characters())
        spent.append(budget)
    return spent[0], spent[1]


@pytest.mark.parametrize("language", ["en", "cy", "both"])
def test_the_quick_measure_is_never_below_the_exact_one(
    language: Speech, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For what we write and for what openpyxl saves; and it sees the same formulas."""
    from maturity.intake.formulas import formulas
    from maturity.intake.hostile import _unpack

    for content in (
        template(language, assessment()),
        edited(template(language, assessment()), lambda w: None),
    ):
        parts = _unpack(content, "it")
        quick, exact = exactly(parts, monkeypatch)
        monkeypatch.undo()
        assert all(quick.used[what] >= exact.used[what] for what in quick.used)
        assert len(quick.seen) == 5 and not exact.seen
        assert formulas(parts, quick.seen) == formulas(parts, {})
        assert sum(map(len, formulas(parts, {}).values())) > 8


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'<c r="A5"', b'<c s="1" r="XFD1048576"'),
        (b'<c r="A5"', b"<c r='XFD1048576'"),
        (b'<c r="A5"', b'<c\nr="XFD1048576"'),
        (b'<c r="A5"', b'<c zz="1" r="XFD1048576"'),
        (b'<c r="A5"', b'<c r="&#88;FD1048576"'),
        (b"<sheetData>", b'<sheetData><!-- > --><row r="9"><c r="XFD1048576"><v>1</v></c></row>'),
        (
            b"<sheetData>",
            b'<sheetData xml:space="preserve"><row><xml:c r="XFD1048576"><v>1</v></xml:c></row>',
        ),
        (b"<sheetData>", b'<sheetData><q:row xmlns:q="u"><q:c r="XFD1048576"><q:v>1</q:v></q:c></q:row>'),
    ],
)
def test_what_is_written_otherwise_is_measured_exactly(old: bytes, new: bytes) -> None:
    """Each puts a cell into the last corner in a way that one reader or another takes for a cell."""
    from maturity.intake.hostile import _unpack
    from maturity.intake.quick import measured

    parts = _unpack(template("en", assessment()), "it")
    sheet = parts["xl/worksheets/sheet2.xml"]
    assert measured("xl/worksheets/sheet2.xml", sheet, Budget("it"), Shared())
    assert old in sheet
    assert not measured("xl/worksheets/sheet2.xml", sheet.replace(old, new, 1), Budget("it"), Shared())


def test_what_came_up_before_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files that differ in little are read the same one after the other as each by itself: 1 is not True, a note is
    not lost, a row that was right beside its question is wrong beside another."""
    from maturity.intake import known_rows, quick

    def put(heading: str, value: object) -> Callable[[Any], None]:
        def change(workbook: Any) -> None:
            for sheet in workbook.worksheets[1:]:
                ids = [sheet.cell(row, 1).value for row in range(1, sheet.max_row + 1)]
                if "Your answer" in [cell.value for row in sheet["A1:Z8"] for cell in row]:
                    for row, name in enumerate(ids, 1):
                        if name and "." in str(name):
                            sheet.cell(row, column(sheet, heading)).value = value

        return change

    def swapped(workbook: Any) -> None:
        sheet = workbook.worksheets[1]
        named = [r for r in range(1, sheet.max_row + 1) if "." in str(sheet.cell(r, 1).value)][:2]
        one, other = (sheet.cell(row, 1) for row in named)
        one.value, other.value = other.value, one.value

    sound = template("en", assessment())
    changes: list[Callable[[Any], None]] = [
        lambda _: None,
        put("Note", "Agreed"),
        *(put("Your answer", value) for value in (1, True, "1", 1.0, "Yes", "x", "#N/A", "=1+1", None)),
        *(put("Does not apply", value) for value in (1, True, "No", 2)),
        swapped,
    ]
    paths = [tmp_path / f"{number}.xlsx" for number in range(len(changes))]
    for path, change in zip(paths, changes, strict=True):
        path.write_bytes(edited(sound, change))
    together = [read_template(path, "it", open_by_name=open_small) for path in [*paths, *paths]]
    for number, path in enumerate([*paths, *paths]):
        known_rows._HELD.clear()
        for kept in (quick._ROWS, quick._CELLS, quick._FRAMES):
            kept.known.clear()
            kept.before.clear()
        assert read_template(path, "it", open_by_name=open_small) == together[number], number
    assert len({str(read) for read in together}) > 8
