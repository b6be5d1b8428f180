"""Two files given to migrate that say different things under one name: neither is taken without a word."""

from __future__ import annotations

from pathlib import Path

import pytest

from maturity.intake.migrated import at_hand
from maturity.models.problem import MaturityError
from maturity.sources.registers import wales
from maturity.sources.shelf import on_shelf
from test_migrate_cli import DATA, WAITS, migrate, told

MIGRATION = (DATA / "migration-2.0.0.yaml").read_text("utf-8")
QUESTIONNAIRE = (DATA / "questionnaire-2.0.0.yaml").read_text("utf-8")
SOCITM = {
    kind: next(e.path for e in on_shelf(kind) if (e.id, e.version) == ("socitm", "2.0.0"))
    for kind in ("questionnaire", "migration")
}


def refused(*paths: Path) -> list[tuple[str, str, object]]:
    with pytest.raises(MaturityError) as raised:
        at_hand(paths, wales())
    return [(p.kind.code, p.place.file, p.details["other"]) for p in raised.value.problems]


def other(text: str, old: str, new: str, path: Path) -> Path:
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def test_two_migrations_for_one_way(tmp_path: Path) -> None:
    second = other(MIGRATION, "all: whole", "all: most", tmp_path / "a.yaml")
    assert refused(DATA, second) == [("M009", str(second), str(DATA / "migration-2.0.0.yaml"))]
    assert refused(second, DATA) == [("M009", str(DATA / "migration-2.0.0.yaml"), str(second))]


def test_ranges_that_overlap_are_rivals_and_others_are_not(tmp_path: Path) -> None:
    from_ = next(line for line in MIGRATION.splitlines() if line.startswith("from:"))
    over = other(MIGRATION, from_, 'from: ">=0.5.0,<=1.0.0"', tmp_path / "over.yaml")
    assert [code for code, _, _ in refused(DATA, over)] == ["M009"]
    beside = other(MIGRATION, from_, 'from: ">=0.5.0,<1.0.0"', tmp_path / "beside.yaml")
    with pytest.raises(MaturityError) as error:
        at_hand([DATA, beside], wales())
    assert {p.kind.code for p in error.value.problems} == {"M012"}, (
        "no rivals, only a version that is not at hand"
    )


def test_two_questionnaires_of_one_version(tmp_path: Path) -> None:
    second = other(QUESTIONNAIRE, "With breaks", "With rests", tmp_path / "a.yaml")
    assert refused(DATA, second) == [("M008", str(second), str(DATA / "questionnaire-2.0.0.yaml"))]


@pytest.mark.parametrize(("kind", "code"), [("questionnaire", "M008"), ("migration", "M009")])
def test_beside_the_bundled_ones(kind: str, code: str, tmp_path: Path) -> None:
    text = SOCITM[kind].read_text("utf-8")
    found = next(line for line in text.splitlines() if line.strip().startswith("en: ") and len(line) > 20)
    second = other(text, found, f"{found} Indeed", tmp_path / "a.yaml")
    assert refused(second) == [(code, str(second), str(SOCITM[kind]))]


def test_copies_are_no_rivals(tmp_path: Path) -> None:
    for name, text in (("m", MIGRATION), ("q", QUESTIONNAIRE), ("s", SOCITM["migration"].read_text("utf-8"))):
        (tmp_path / f"{name}.yaml").write_text(f"# A copy\n{text}", encoding="utf-8")
    at_hand([DATA, tmp_path], wales())


def test_nothing_is_written_where_either_could_be_meant(tmp_path: Path) -> None:
    (tmp_path / "answers.yaml").write_text(WAITS, encoding="utf-8")
    second = other(MIGRATION, "all: whole", "all: most", tmp_path / "second.yaml")
    result = migrate(tmp_path / "answers.yaml", "--to", "2.0.0", "--with", second)
    told(result, 2, "M009", "second.yaml", "migration-2.0.0.yaml")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["answers.yaml", "second.yaml"]
