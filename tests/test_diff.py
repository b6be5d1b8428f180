"""What `maturity diff` makes of a new version: the class of each change, the bump owed, and that nothing is passed over."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from maturity.checks.validate import validate
from maturity.locale.words import Words
from maturity.models import condition
from maturity.models.problem import MaturityError
from maturity.models.questionnaire import Questionnaire
from maturity.models.rubric import Rubric
from maturity.sources.load import Loaded, load
from maturity.sources.registers import wales
from maturity.sources.structure import to_model
from maturity.sources.yaml_reader import Document
from maturity.versions.changes import Bump, Effect, bump_between, bumped
from maturity.versions.compare import Pair, changes_of
from maturity.versions.difference import Difference, diff, open_sides
from maturity.versions.effects import row_for
from maturity.versions.leaves import WHOLE, leaves
from maturity.versions.ranges import bounds
from maturity.versions.told import both
from maturity.versions.wording import effect_of_words

BASE = Path(__file__).parent / "data" / "checks" / "base"
NEUTRAL, BAR = Effect.neutral, Effect.different_bar
MOVES, BREAKS = Effect.moves_scores, Effect.breaks_answers


def edited(folder: Path, name: str, *edits: tuple[str, str], version: str = "1.0.0") -> Path:
    """A copy of a base file with each of the `edits` made once, as its version."""
    text = (BASE / f"{name}.yaml").read_text(encoding="utf-8")
    for old, new in edits:
        assert text.count(old) >= 1, old
        text = text.replace(old, new, 1)
    path = folder / f"{name}-{version}.yaml"
    path.write_text(text.replace("version: 1.0.0\n", f"version: {version}\n", 1), encoding="utf-8")
    return path


def compared(old: Path, new: Path) -> Difference:
    return diff(open_sides(str(old), str(new)))


def told(found: Difference) -> list[tuple[str, str, Effect]]:
    return [(c.address.partition("/")[2], c.what, c.effect) for c in found.changes]


@dataclass(frozen=True)
class Made:
    """One change made by hand, and what must be said of it."""

    file: str
    edits: tuple[tuple[str, str], ...]
    address: str
    what: str
    effect: Effect
    owed: Bump


Q, R = "questionnaire", "rubric"
NEW_QUESTION = """          - id: work.owner
            type: yes_no
            text: {en: Does somebody pay for it?, cy: A oes rhywun yn talu amdano?}
          - id: work.owner
""".replace("work.owner", "work.money", 1)
OWNER = """          - id: work.owner
            type: yes_no
            text: {en: Does somebody own it?, cy: A oes rhywun yn berchen arno?}
"""
MADE = {
    # wording and order
    "a full stop and a capital": Made(Q, (("en: In some services", "en: In some Services."),), "questions/work.plan/options/some/text", "changed", NEUTRAL, Bump.patch),
    "options in another order": Made(Q, (("              - {id: forms, text: {en: Forms, cy: Ffurflenni}}\n", ""), ("              - {id: nothing", "              - {id: forms, text: {en: Forms, cy: Ffurflenni}}\n              - {id: nothing")), "questions/work.tools/options", "order", NEUTRAL, Bump.patch),
    "a reason": Made(R, (("There is no plan.", "No plan was shown to us."),), "limits/no-plan/because", "changed", NEUTRAL, Bump.patch),
    "a title": Made(Q, (("A small questionnaire", "A questionnaire"),), "title", "changed", NEUTRAL, Bump.patch),
    "advice": Made(R, (("effort: months", "effort: year"),), "recommendations/people.skills from low/effort", "changed", NEUTRAL, Bump.patch),
    "a scale written out": Made(R, (("{scale: owned}", "{scale: {no: 0, yes: 4}}"),), "items/work.owner/scale", "changed", NEUTRAL, Bump.patch),
    "a default written out": Made(R, (("    of: items\n", "    of: items\n    reduce: mean\n"),), "", "rewritten", NEUTRAL, Bump.patch),
    # the same number, another bar
    "an option's words": Made(Q, (("en: In some services", "en: In most services"),), "questions/work.plan/options/some/text", "changed", BAR, Bump.minor),
    "a question's Welsh alone": Made(Q, (("A oes cynllun?", "A oes cynllun cyfredol?"),), "questions/work.plan/text", "changed", BAR, Bump.minor),
    "a level's name": Made(R, (("name: {en: High", "name: {en: Excellent"),), "bands/levels/high/name", "changed", BAR, Bump.minor),
    "wider bounds": Made(Q, (("max: 100", "max: 200"),), "questions/people.trained/number/max", "changed", BAR, Bump.minor),
    # numbers can move
    "a weight": Made(R, (("weights: {work.plan: 2}", "weights: {work.plan: 3}"),), "measures/overall/weights/work.plan", "changed", MOVES, Bump.minor),
    "a value": Made(R, (("some: 2, whole", "some: 3, whole"),), "items/work.plan/scale/some", "changed", MOVES, Bump.minor),
    "a level's bound": Made(R, (("{from: 2, id: high", "{from: 3, id: high"),), "bands/levels/high/from", "changed", MOVES, Bump.minor),
    "a limit": Made(R, (("at_most: 1\n", "at_most: 1.5\n"),), "limits/no-plan/at_most", "changed", MOVES, Bump.minor),
    "a policy": Made(R, (("scales:\n", "policy: {unanswered: zero}\nscales:\n"),), "policy/unanswered", "changed", MOVES, Bump.minor),
    "a new question": Made(Q, (("          - id: work.owner\n", NEW_QUESTION),), "questions/work.money", "added", MOVES, Bump.minor),
    "a question that moves to another theme": Made(Q, ((OWNER, ""), ("          - id: work.tools\n", OWNER + "          - id: work.tools\n")), "questions/work.owner/place", "moved", MOVES, Bump.minor),
    # answers no longer fit
    "a question that is gone": Made(Q, ((OWNER, ""),), "questions/work.owner", "gone", BREAKS, Bump.major),
    "an option that is gone": Made(Q, (("              - {id: maps, text: {en: Maps, cy: Mapiau}}\n", ""),), "questions/work.tools/options/maps", "gone", BREAKS, Bump.major),
    "another type": Made(Q, (("type: several", "type: level"), (", exclusive: true", "")), "questions/work.tools/type", "changed", BREAKS, Bump.major),
    "narrower bounds": Made(Q, (("max: 100", "max: 50"),), "questions/people.trained/number/max", "changed", BREAKS, Bump.major),
    "nobody is excused any more": Made(Q, (("            not_applicable: true\n", ""),), "questions/work.plan/not_applicable", "changed", BREAKS, Bump.major),
    "a rubric that leaves old answers behind": Made(R, (('">=1.0.0,<2.0.0"', '">=1.0.0,<1.5.0"'),), "questionnaire/versions", "changed", BREAKS, Bump.major),
}  # fmt: skip


@pytest.mark.parametrize("made", MADE.values(), ids=list(MADE))
def test_each_change_has_its_class_and_bump(made: Made, tmp_path: Path) -> None:
    old, new = BASE / f"{made.file}.yaml", edited(tmp_path, made.file, *made.edits)
    found = compared(old, new)
    changes = [c for c in found.changes if c.effect is made.effect]
    assert [(c.address, c.what) for c in changes][:1] == [
        ("/".join(filter(None, (made.file, made.address))), made.what)
    ]
    one = next(c for c in found.compared if c.subject == made.file)
    assert one.owed is made.owed
    # Under the same version any change is too much; with the bump that is owed, only a migration may be missing.
    assert "D001" in {p.kind.code for p in found.findings}
    right = edited(tmp_path, made.file, *made.edits, version=bumped("1.0.0", made.owed))
    codes = {p.kind.code for p in compared(old, right).findings}
    # No question changed where a rubric's range narrowed: a migration would have nothing to carry.
    assert codes == ({"D003"} if made.owed is Bump.major and made.file == Q else set())
    if made.owed is not Bump.patch:
        small = edited(tmp_path, made.file, *made.edits, version="1.0.1")
        assert "D001" in {p.kind.code for p in compared(old, small).findings}


@pytest.mark.parametrize("made", MADE.values(), ids=list(MADE))
def test_places_are_where_it_stands(made: Made, tmp_path: Path) -> None:
    """The places are looked up in the text itself: what stands there is what changed."""
    old, new = BASE / f"{made.file}.yaml", edited(tmp_path, made.file, *made.edits)
    change = next(c for c in compared(old, new).changes if c.effect is made.effect)
    for path, place, says in ((old, change.old_place, change.old), (new, change.new_place, change.new)):
        if place is None:
            assert (path == new) == (made.what == "gone")
            continue
        assert place.file == str(path)
        assert place.line is not None
        assert place.column is not None
        line = path.read_text(encoding="utf-8").splitlines()[place.line - 1]
        assert len(line) >= place.column - 1
        single = made.address.endswith(("/text", "/name", "/max", "/from", "/at_most", "work.plan", "some"))
        if made.what == "changed" and single:
            assert line[place.column - 1 :].startswith(str(says))


def test_versions_and_bumps() -> None:
    assert bump_between("1.2.3", "1.2.3") is Bump.none
    assert bump_between("1.2.3", "1.2.4") is Bump.patch
    assert bump_between("1.2.3", "1.10.0") is Bump.minor
    assert bump_between("1.2.3", "2.0.0") is Bump.major
    assert bump_between("1.10.0", "1.9.9") is None
    assert bumped("1.2.3", Bump.minor) == "1.3.0"
    assert bounds(">=1.0.0,<2.0.0") == ((1, 0, 0), (2, 0, 0))
    assert bounds(">1.0.0,<=1.4.0") == ((1, 0, 1), (1, 4, 1))
    assert bounds("==1.4.0") == ((1, 4, 0), (1, 4, 1))


@pytest.mark.parametrize(
    ("old", "new", "effect"),
    [
        ("There is a plan", "there  is a plan.", NEUTRAL),
        ("It's “agreed” – in part", "It’s \"agreed\" - in part", NEUTRAL),
        ("No plans exist", "No, plans exist", BAR),
        ("More than 75%", "More than 7.5%", BAR),
        ("more than 5", "less than 5", BAR),
        (">5", "<5", BAR),
        ("-5", "5", BAR),
    ],
)  # fmt: skip
def test_which_words_a_program_may_judge(old: str, new: str, effect: Effect) -> None:
    assert effect_of_words({"en": old}, {"en": new}) is effect


def test_a_translation_that_comes_and_one_that_goes() -> None:
    assert effect_of_words({"en": "a"}, {"en": "a", "cy": "b"}) is NEUTRAL
    assert effect_of_words({"en": "a", "cy": "b"}, {"en": "a"}) is BAR


def test_the_migration_that_is_missing_is_the_one_to_the_version_owed(tmp_path: Path) -> None:
    """Told once, though the rubric leaves the old answers behind as well, and never against D001."""
    (tmp_path / "old").mkdir()
    (tmp_path / "new").mkdir()
    for name in (Q, R):
        edited(tmp_path / "old", name)
    gone = (OWNER, "")
    valued = (
        ("  work.owner: {scale: owned}\n", ""),
        ('">=1.0.0,<2.0.0"', '">=1.1.0,<3.0.0"'),
    )
    edited(tmp_path / "new", Q, gone, version="1.1.0")
    edited(tmp_path / "new", R, *valued, version="2.0.0")
    found = compared(tmp_path / "old", tmp_path / "new")
    remedies = {p.kind.code: p.remedy() for p in found.findings if p.kind.code in ("D001", "D003")}
    assert [p.kind.code for p in found.findings].count("D003") == 1
    assert remedies["D001"] == "Give it version 2.0.0."
    assert remedies["D003"].startswith("Write 'migration-2.0.0.yaml' beside the questionnaire")
    # The rubrics alone, as files, find the questionnaires beside them.
    found = compared(tmp_path / "old" / "rubric-1.0.0.yaml", tmp_path / "new" / "rubric-2.0.0.yaml")
    assert [p.remedy()[:27] for p in found.findings if p.kind.code == "D003"] == [
        "Write 'migration-2.0.0.yaml"
    ]


def test_a_fall_of_the_version_is_told(tmp_path: Path) -> None:
    old = edited(tmp_path, R, version="1.1.0")
    found = compared(old, BASE / "rubric.yaml")
    assert [p.kind.code for p in found.findings] == ["D002"]
    assert found.findings[0].remedy().startswith("Give it version 1.1.1")


def test_what_means_the_same_is_no_change(tmp_path: Path) -> None:
    text = (BASE / "rubric.yaml").read_text(encoding="utf-8")
    (tmp_path / "rubric.yaml").write_text("# a remark\n" + text.replace("\n", "\r\n"), encoding="utf-8")
    assert compared(BASE / "rubric.yaml", tmp_path / "rubric.yaml").changes == ()


# Nothing is passed over: every value of both files is changed, one at a time, and each time something is said.


def _steps(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every value and of every part."""
    if path:
        yield path
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in items:
        yield from _steps(value, (*path, key))


def _mutants(value: Any) -> list[Any]:
    """Other values that could stand in its place."""
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int | float):
        return [value + 1, value + 0.5, value / 2]
    if isinstance(value, str):
        others = [
            f"{value}x",
            "sum",
            "zero",
            "min",
            "year",
            "text",
            "yes_no",
            "several",
            "cy",
            "people",
            "work",
            "high",
        ]
        return [*others, "work.plan", "people.trained", ">=1.0.0,<1.4.0", "9.9.9"]
    if isinstance(value, list):
        return [value[1:], value[::-1], [*value, *value[:1]]]
    return [
        dict(list(value.items())[1:]),
        {f"{k}x" if i == 0 else k: v for i, (k, v) in enumerate(value.items())},
    ]


RICH_QUESTIONNAIRE: dict[str, Any] = {
    "languages": ["en", "cy"],
    "description": {"en": "What for", "cy": "At ba ddiben"},
    "findings": [
        {"id": "planned", "question": "work.plan", "options": ["some", "whole"], "text": {"en": "{count} of {answered} plan", "cy": "{count} o {answered}"}},
        {"id": "many", "question": "people.trained", "at_least": 50, "text": {"en": "{count} of {answered} train", "cy": "{count} o {answered}"}},
        {"id": "few", "question": "people.trained", "below": 50, "text": {"en": "{count} of {answered} do not", "cy": "{count} o {answered}"}},
    ],
}  # fmt: skip
RICH_RUBRIC: dict[str, Any] = {
    "notes": {"en": "Notes", "cy": "Nodiadau"},
    "policy": {
        "unanswered": "least", "dont_know": "full", "not_applicable": "fail", "min_coverage": 0.5,
        "round": {"places": 1, "mode": "half_up"},
    },
    "not_scored": ["people.story"],
    "headline": "overall",
    "outcomes": {
        "verdict": {
            "name": {"en": "Verdict", "cy": "Dyfarniad"}, "of": "items", "by": ["dimension"], "where": {"theme": "plan"},
            "rules": [
                {"label": "good", "name": {"en": "Good", "cy": "Da"}, "when": {"every": {"theme": "plan"}, "at_least": 2}},
                {"label": "fair", "when": {"any": [{"some": {}, "at_least": 1}, {"not": {"question": "work.plan", "in": ["none", "some"]}}]}},
                {"label": "poor"},
            ],
        },
    },
}  # fmt: skip
RICH_MEASURES: dict[str, Any] = {
    "steps": {
        "name": {"en": "Steps", "cy": "Camau"}, "of": "items", "reduce": "ladder",
        "ladder": {"along": "theme", "steps": ["plan", "tools"], "passes": 2, "part": 0.5, "begun": 1},
    },
    "part": {
        "name": {"en": "Part", "cy": "Rhan"}, "of": "items", "by": ["dimension"], "where": {"dimension": "work"},
        "reduce": "share", "at_least": 2, "min_coverage": 0.5, "weights": {"work.plan": 2}, "bands": "levels",
    },
    "points": {"name": {"en": "Points", "cy": "Pwyntiau"}, "of": "items", "reduce": "sum", "base": 10},
}  # fmt: skip


SOME: dict[str, Any] = {"same_in_both": ["Base"], "supersedes": "0.9.0", "show_while_answering": True}
"""Keys that only one of the two has."""


def rich(name: str) -> dict[str, Any]:
    """The base file with every key of the language in it."""
    data = plain(load(BASE / f"{name}.yaml").document.data)
    if name == Q:
        data |= copy.deepcopy(RICH_QUESTIONNAIRE)
        data["dimensions"][0] |= {"description": {"en": "About", "cy": "Am"}}
        data["dimensions"][0]["themes"][0] |= {"description": {"en": "About", "cy": "Am"}}
        first, second = data["dimensions"][0]["themes"][0]["questions"]
        first |= {"help": {"en": "Help", "cy": "Cymorth"}, "evidence": {"en": "Proof", "cy": "Prawf"}}
        second |= {"yes": {"en": "Yes", "cy": "Oes"}, "no": {"en": "No", "cy": "Nac oes"}}
        second |= {
            "asked_when": {
                "all": [
                    {"question": "work.plan", "in": ["some", "whole"]},
                    {"respondent": "role", "equals": "Head"},
                ]
            }
        }
    else:
        data |= copy.deepcopy(RICH_RUBRIC)
        data["measures"] |= copy.deepcopy(RICH_MEASURES)
        data["items"]["work.plan"] |= {
            "weight": 2,
            "why": {"en": "Why", "cy": "Pam"},
            "tags": {"stage": "first"},
        }
        data["items"]["work.plan"] |= {
            "policy": {"unanswered": "zero", "dont_know": "zero", "not_applicable": "zero"}
        }
        data["bands"]["levels"][0] |= {"description": {"en": "Low", "cy": "Isel"}}
    known = (Questionnaire if name == Q else Rubric).model_fields
    return data | {key: value for key, value in SOME.items() if key in known}


def plain(data: Any) -> dict[str, Any]:
    return dict(json.loads(json.dumps(data)))


def opened(data: Any, name: str) -> tuple[Any, Any]:
    """A file of the data, as it would be loaded; the model is None where it cannot be one."""
    model: Any = Questionnaire if str(data.get("format")).startswith("maturity-questionnaire") else Rubric
    document = Document(name, data)
    return to_model(model, document)[0], Loaded(Path(name), document, None)


def _pair(name: Any, old: tuple[Any, Any], new: tuple[Any, Any]) -> Pair:
    return Pair(name, old[0], new[0], old[1], new[1])


@pytest.mark.parametrize("name", [Q, R])
def test_nothing_is_passed_over(name: str) -> None:
    """Each value is put to others, taken out and turned round; whenever the digest changes, something is said, in a class
    that its place has a row for."""
    data = rich(name)
    old = opened(data, "old")
    assert old[0] is not None
    silent, unclassified, tried = [], set(), set()
    for path in _steps(data):
        if path in (("version",), ("format",)):
            continue
        for changed in _changed(data, path):
            new = opened(changed, "new")
            if new[0] is None or new[1].digest == old[1].digest:
                continue
            tried.add(path)
            found = changes_of(_pair(name, old, new))
            if not found:
                silent.append((path, _at(data, path[:-1]), _at(changed, path[:-1])))
            for change in found:
                # Where an id is used twice, which `validate` finds, the second has a number.
                if (
                    change.what != "rewritten"
                    and "#" not in change.address
                    and row_for(name, tuple(change.address.split("/")[1:])) is None
                ):  # type: ignore[arg-type]
                    unclassified.add(change.address)
    assert silent == []
    assert unclassified == set()
    untried = {p for p in _steps(data) if not isinstance(_at(data, p), dict | list)} - tried
    assert {p[-1] for p in untried} <= {"version", "format", "mode", "type", "respondent"}, untried


def _at(data: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        data = data[step]
    return data


def _changed(data: dict[str, Any], path: tuple[Any, ...]) -> Iterator[dict[str, Any]]:
    for mutant in [*_mutants(_at(data, path)), None]:
        changed = copy.deepcopy(data)
        above = _at(changed, path[:-1])
        if mutant is None:
            del above[path[-1]]
        else:
            above[path[-1]] = mutant
        yield changed


def _keys(model: Any, seen: set[Any]) -> Iterator[str]:
    """The keys of a model and of the models in it."""
    if model in seen:
        return
    seen.add(model)
    for name, field in model.model_fields.items():
        yield field.alias or name
        yield from _inner(field.annotation, seen)


def _inner(annotation: Any, seen: set[Any]) -> Iterator[str]:
    from typing import get_args

    from maturity.models.base import Model

    if (
        isinstance(annotation, type)
        and issubclass(annotation, Model)
        and not issubclass(annotation, condition.Test)
    ):
        yield from _keys(annotation, seen)
    for inner in get_args(annotation):
        yield from _inner(inner, seen)


def test_the_files_that_are_changed_have_every_key_there_is() -> None:
    """A key that is added to the language one day must be put into the rich files above, and so into the table."""
    conditions = set(condition.KINDS)
    used = {name: {s for path in _steps(rich(name)) for s in path if isinstance(s, str)} for name in (Q, R)}
    for model, name in ((Questionnaire, Q), (Rubric, R)):
        assert set(_keys(model, set())) - used[name] - conditions == set()


def test_each_part_has_a_row() -> None:
    for model, name in ((Questionnaire, Q), (Rubric, R)):
        roots = {"items", "measures", "outcomes", "bands", "scales", "questionnaire"}
        for path, leaf in leaves(model.model_validate(rich(name))).found.items():
            if leaf.value == WHOLE and (path[-1:] == path and path[0] in roots):
                continue
            assert row_for(name, path) is not None, path  # type: ignore[arg-type]


def test_what_has_no_row_is_loud() -> None:
    from maturity.versions.effects import Context, effect_of

    questionnaire = load(BASE / "questionnaire.yaml").model
    assert isinstance(questionnaire, Questionnaire)
    context = Context(questionnaire, questionnaire)
    assert effect_of("questionnaire", context, ("colour",), "red", "blue") is BREAKS


def test_two_changes_are_two(tmp_path: Path) -> None:
    """One change does not hide another, not even beneath what is gone or of another type."""
    edits = (
        ("some: 2, whole", "some: 3, whole"),
        ("at_most: 1\n", "at_most: 1.5\n"),
        ("name: {en: High", "name: {en: Top"),
    )
    found = compared(BASE / "rubric.yaml", edited(tmp_path, R, *edits))
    assert told(found) == [
        ("items/work.plan/scale/some", "changed", MOVES),
        ("limits/no-plan/at_most", "changed", MOVES),
        ("bands/levels/high/name", "changed", BAR),
    ]


def test_which_measure_stands_for_all_can_follow_from_the_order() -> None:
    """Of measures of the whole with levels the last stands for all: turning two round changes no digest."""
    data = plain(load(BASE / "rubric.yaml").document.data)
    data["measures"]["again"] = data["measures"]["overall"]
    turned = copy.deepcopy(data)
    turned["measures"] = dict(reversed(data["measures"].items()))
    old, new = opened(data, "old"), opened(turned, "new")
    assert old[1].digest == new[1].digest
    found = {c.address: (c.what, c.effect) for c in changes_of(_pair(R, old, new))}
    assert found == {"rubric/headline": ("changed", MOVES), "rubric/measures": ("order", NEUTRAL)}


def test_a_move_is_neutral_only_where_nothing_groups_by_it(tmp_path: Path) -> None:
    made = MADE["a question that moves to another theme"]
    (tmp_path / "old").mkdir()
    (tmp_path / "new").mkdir()
    flat = ("by: [dimension, theme]", "by: [dimension]")
    loose = ("weights: {work.plan: 2}", "weights: {work: 2}")
    for folder, edits in (("old", ()), ("new", made.edits)):
        edited(tmp_path / folder, Q, *edits, version="1.0.0" if folder == "old" else "1.0.1")
        edited(tmp_path / folder, R, flat, loose)
    found = compared(tmp_path / "old", tmp_path / "new")
    assert (found.changes[0].what, found.changes[0].effect) == ("moved", NEUTRAL)
    assert found.findings == ()


def test_judgements_are_noted_and_weigh(tmp_path: Path) -> None:
    words = ("en: In some services", "en: In several services")
    new = edited(tmp_path, Q, words, version="1.0.1")
    found = compared(BASE / "questionnaire.yaml", new)
    assert [c.undecided for c in found.changes] == [True]
    assert [p.kind.code for p in found.findings] == ["D001"]
    address = found.changes[0].address
    note = {
        "format": "maturity-judgements/1", "id": "base", "from": "1.0.0", "to": "1.0.1",
        "judged": [{"change": address, "verdict": "neutral", "because": "Some and several are used alike."}],
    }  # fmt: skip
    noted = tmp_path / "judged-1.0.1.yaml"
    noted.write_text(json.dumps(note), encoding="utf-8")
    found = compared(BASE / "questionnaire.yaml", new)
    assert [(c.effect, c.undecided) for c in found.changes] == [(NEUTRAL, False)]
    assert found.findings == ()
    # Another bar, on purpose: decided, and a minor version is owed for it.
    noted.write_text(json.dumps(note).replace('"neutral"', '"different"'), encoding="utf-8")
    found = compared(BASE / "questionnaire.yaml", new)
    assert [(c.effect, c.undecided) for c in found.changes] == [(BAR, False)]
    assert [p.kind.code for p in found.findings] == ["D001"]
    # A note on what did not change, or on other versions, is told or does not count.
    noted.write_text(json.dumps(note).replace("options/some", "options/whole"), encoding="utf-8")
    problems = {p.kind.code: p.place for p in compared(BASE / "questionnaire.yaml", new).problems}
    assert problems.keys() == {"D001", "D005"}
    assert (problems["D005"].file, problems["D005"].line) == (str(noted), 1)
    for wrong in ('"from": "0.9.0"', '"from": "1.0.0", "to": "1.0.2"', '"from": "1.0.0", "id": "bass"'):
        text = json.dumps(note).replace('"from": "1.0.0"', wrong)
        text = text.replace(', "to": "1.0.1"', "") if "to" in wrong else text
        text = text.replace('"id": "base", ', "") if "id" in wrong else text
        noted.write_text(text, encoding="utf-8")
        told_of = {p.kind.code: p for p in compared(BASE / "questionnaire.yaml", new).problems}
        assert told_of.keys() == {"D001", "D006"}, wrong
        assert "questionnaire base 1.0.0 → 1.0.1" in told_of["D006"].message()


@pytest.mark.parametrize(
    ("old", "new", "effect"),
    [
        ("{en: '%', cy: '%'}", "{en: books, cy: llyfrau}", BREAKS),
        ("{en: '%', cy: '%'}", "{en: '%', cy: y cant}", BAR),
        ("{en: '%', cy: '%'}", "{en: '%.', cy: '%'}", NEUTRAL),
    ],
)
def test_another_unit_is_another_quantity(tmp_path: Path, old: str, new: str, effect: Effect) -> None:
    paths = []
    for folder, unit in (("old", old), ("new", new)):
        (tmp_path / folder).mkdir()
        data = rich(Q)
        question = next(
            q
            for d in data["dimensions"]
            for t in d["themes"]
            for q in t["questions"]
            if q["id"] == "people.trained"
        )
        question["number"]["unit"] = yaml.safe_load(unit)
        (tmp_path / folder / "questionnaire.yaml").write_text(yaml.safe_dump(data), encoding="utf-8")
        paths.append(tmp_path / folder)
    assert told(compared(*paths)) == [("questions/people.trained/number/unit", "changed", effect)]


def test_findings_move_no_score() -> None:
    """Sentences on a page are neutral; one that counts other answers under its old id is not."""
    old = opened(rich(Q), "old")
    for number, key, value, effect in (
        (0, "text", {"en": "Planned by {count} of {answered}", "cy": "{count} o {answered}"}, NEUTRAL),
        (0, "options", ["whole"], BAR),
        (1, "at_least", 40, BAR),
        (2, "below", 40, BAR),
    ):
        data = rich(Q)
        data["findings"][number][key] = value
        assert {c.effect for c in changes_of(_pair(Q, old, opened(data, "new")))} == {effect}, key
    data = rich(Q)
    del data["findings"][1]
    assert [(c.what, c.effect) for c in changes_of(_pair(Q, old, opened(data, "new")))] == [("gone", NEUTRAL)]


def test_themes_have_their_names_beside_their_ids(tmp_path: Path) -> None:
    new = edited(tmp_path, Q, *MADE["a question that moves to another theme"].edits)
    (change,) = [c for c in compared(BASE / "questionnaire.yaml", new).changes if c.what == "moved"]
    assert both(change, Words("en")) == ("Plan (work.plan)", "Tools (work.tools)")
    assert both(change, Words("cy")) == ("Cynllun (work.plan)", "Offer (work.tools)")


def test_a_damaged_note_beside_is_told(tmp_path: Path) -> None:
    new = edited(tmp_path, Q, ("en: In some services", "en: In several services"), version="1.0.1")
    for name, kind in (("judged-1.0.1", "judgements"), ("migration-1.0.1", "migration")):
        damaged = tmp_path / f"{name}.yaml"
        damaged.write_text(f"format: maturity-{kind}/1\n", encoding="utf-8")
        with pytest.raises(MaturityError) as error:
            compared(BASE / "questionnaire.yaml", new)
        assert {p.place.file for p in error.value.problems} == {str(damaged)}
        damaged.unlink()


def test_a_judgement_cannot_excuse_what_moves_scores(tmp_path: Path) -> None:
    new = edited(tmp_path, R, ("some: 2, whole", "some: 3, whole"), version="1.0.1")
    note = {
        "format": "maturity-judgements/1", "id": "base", "from": "1.0.0", "to": "1.0.1",
        "judged": [{"change": "rubric/items/work.plan/scale/some", "verdict": "neutral", "because": "So small."}],
    }  # fmt: skip
    (tmp_path / "judged-1.0.1.yaml").write_text(json.dumps(note), encoding="utf-8")
    found = compared(BASE / "rubric.yaml", new)
    assert found.changes[0].effect is MOVES
    assert {p.kind.code for p in found.problems} == {"D001", "D005"}


RENAMES: list[dict[str, Any]] = [
    {"from": ["work.owner"], "to": "work.lead"},
    {"from": ["work.tools"], "to": "work.tools", "options": {"maps": "charts"}},
]
RENAMED_Q = (("id: work.owner", "id: work.lead"), ("id: maps", "id: charts"))
RENAMED_R = (
    ("  work.owner:", "  work.lead:"),
    ("maps: 2", "charts: 2"),
    ('">=1.0.0,<2.0.0"', '">=2.0.0,<3.0.0"'),
)


def migration(folder: Path, changes: list[dict[str, Any]]) -> None:
    data = {
        "format": "maturity-migration/1", "questionnaire": "base", "from": ">=1.0.0,<2.0.0", "to": "2.0.0",
        "changes": changes,
    }  # fmt: skip
    (folder / "migration-2.0.0.yaml").write_text(json.dumps(data), encoding="utf-8")


def test_renames_without_a_migration_are_gone_and_new_and_suspected(tmp_path: Path) -> None:
    new = edited(tmp_path, Q, *RENAMED_Q, version="2.0.0")
    found = compared(BASE / "questionnaire.yaml", new)
    assert {(a, w) for a, w, _ in told(found)} == {
        ("questions/work.owner", "gone"),
        ("questions/work.lead", "added"),
        ("questions/work.tools/options/maps", "gone"),
        ("questions/work.tools/options/charts", "added"),
    }
    assert [p.kind.code for p in found.findings] == ["D003"]
    notes = {c.address: str(c.note) for c in found.changes if c.what == "gone"}
    assert "work.lead" in notes["questionnaire/questions/work.owner"]
    assert "charts" in notes["questionnaire/questions/work.tools/options/maps"]


def test_renames_with_a_migration_are_renames_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    (tmp_path / "new").mkdir()
    edited(tmp_path / "old", Q)
    edited(tmp_path / "old", R)
    edited(tmp_path / "new", Q, *RENAMED_Q, version="2.0.0")
    edited(tmp_path / "new", R, *RENAMED_R, version="2.0.0")
    migration(tmp_path / "new", RENAMES)
    found = compared(tmp_path / "old", tmp_path / "new")
    assert told(found) == [
        ("questions/work.lead", "renamed", BREAKS),
        ("questions/work.tools/options/charts", "renamed", BREAKS),
        ("questionnaire/versions", "changed", BREAKS),
    ]
    assert found.findings == ()


def test_a_migration_that_forgets_something(tmp_path: Path) -> None:
    gone = ("              - {id: some, text: {en: In some services, cy: Mewn rhai gwasanaethau}}\n", "")
    new = edited(tmp_path, Q, *RENAMED_Q, gone, version="2.0.0")
    migration(tmp_path, RENAMES)
    found = compared(BASE / "questionnaire.yaml", new)
    assert [(p.kind.code, str(p.details["what"])) for p in found.findings] == [
        ("D004", "work.plan, option some")
    ]
    assert (found.findings[0].place.file, found.findings[0].place.line) == (
        str(BASE / "questionnaire.yaml"),
        19,
    )
    migration(
        tmp_path,
        [*RENAMES, {"from": ["work.plan"], "to": "work.plan", "options": {"some": ["none", "whole"]}}],
    )
    assert compared(BASE / "questionnaire.yaml", new).findings == ()
    # One to another version, or from others, is none.
    text = (tmp_path / "migration-2.0.0.yaml").read_text(encoding="utf-8")
    for wrong in (text.replace('"to": "2.0.0"', '"to": "3.0.0"'), text.replace(">=1.0.0", ">=1.0.1")):
        (tmp_path / "migration-2.0.0.yaml").write_text(wrong, encoding="utf-8")
        assert [p.kind.code for p in compared(BASE / "questionnaire.yaml", new).findings] == ["D003"]


def test_conditions_follow_a_rename(tmp_path: Path) -> None:
    when = "            asked_when: {question: work.tools, includes: %s}\n          - id: people.story"
    old = edited(tmp_path, Q, ("          - id: people.story", when % "maps"))
    (tmp_path / "new").mkdir()
    new = edited(
        tmp_path / "new",
        Q,
        ("          - id: people.story", when % "maps"),
        *RENAMED_Q,
        ("includes: maps", "includes: charts"),
        version="2.0.0",
    )
    migration(tmp_path / "new", RENAMES)
    assert {w for _, w, _ in told(compared(old, new))} == {"renamed"}


def test_all_that_is_damaged_is_told_together(tmp_path: Path) -> None:
    (tmp_path / "old.yaml").write_text("format: maturity-rubric/1\nid: Not An Id\n", encoding="utf-8")
    twice = edited(tmp_path, Q, ("id: work.owner", "id: work.plan"))
    with pytest.raises(MaturityError) as error:
        open_sides(str(tmp_path / "old.yaml"), str(tmp_path / "nowhere.yaml"))
    codes = {p.kind.code for p in error.value.problems}
    assert "D011" in codes
    assert len(error.value.problems) > 4
    assert all(p.place.line for p in error.value.problems if p.kind.code != "D011")
    with pytest.raises(MaturityError) as error:
        open_sides(str(BASE / "questionnaire.yaml"), str(twice))
    assert [(p.kind.code, p.place.line) for p in error.value.problems] == [("Q001", 21)]


def test_nothing_in_common(tmp_path: Path) -> None:
    with pytest.raises(MaturityError) as error:
        open_sides(str(BASE / "questionnaire.yaml"), str(BASE / "rubric.yaml"))
    assert [p.kind.code for p in error.value.problems] == ["D013"]
    with pytest.raises(MaturityError) as error:
        open_sides(str(BASE / "assessment.yaml"), str(BASE / "rubric.yaml"))
    assert [p.kind.code for p in error.value.problems] == ["D010"]


def test_two_files_of_one_version_that_differ(tmp_path: Path) -> None:
    edited(tmp_path, R)
    (tmp_path / "other.yaml").write_text(
        (BASE / "rubric.yaml").read_text(encoding="utf-8").replace("at_most: 1\n", "at_most: 1.5\n"),
        encoding="utf-8",
    )
    with pytest.raises(MaturityError) as error:
        open_sides(str(BASE / "rubric.yaml"), str(tmp_path))
    assert [p.kind.code for p in error.value.problems] == ["D012"]


def test_folders_compare_their_newest_and_keep_the_published(tmp_path: Path) -> None:
    for name in ("old", "new"):
        (tmp_path / name).mkdir()
        edited(tmp_path / name, R)
        edited(tmp_path / name, Q)
    edited(tmp_path / "new", R, ("at_most: 1\n", "at_most: 1.5\n"), version="1.1.0")
    found = compared(tmp_path / "old", tmp_path / "new")
    assert [(c.subject, c.old_version, c.new_version, len(c.changes)) for c in found.compared] == [
        ("questionnaire", "1.0.0", "1.0.0", 0),
        ("rubric", "1.0.0", "1.1.0", 1),
    ]
    assert found.findings == ()
    edited(tmp_path / "new", R, ("some: 2, whole", "some: 3, whole"))
    assert [p.kind.code for p in compared(tmp_path / "old", tmp_path / "new").findings] == ["D030"]


def test_what_is_bundled_by_id_and_version() -> None:
    found = diff(open_sides("socitm@1.0.0", "socitm@1.0.0"))
    assert [(c.subject, c.id) for c in found.compared] == [("questionnaire", "socitm"), ("rubric", "socitm")]
    assert found.changes == ()


def test_the_rich_files_are_sound(tmp_path: Path) -> None:
    """The mutations above start from files that `validate` passes."""
    for name in (Q, R):
        (tmp_path / f"{name}.yaml").write_text(yaml.safe_dump(rich(name)), encoding="utf-8")
    assert [p for p in validate([tmp_path], wales()).problems if p.kind.severity == "error"] == []
