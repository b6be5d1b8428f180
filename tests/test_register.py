"""Finding a council by whatever name it was given."""

from __future__ import annotations

import pytest
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document

from maturity.assess.councils import Councils
from maturity.locale.words import Words
from maturity.models.problem import Place
from maturity.models.register import fold, sort_key
from maturity.models.text import Language
from maturity.sources.registers import unknown_council, wales


def test_the_22_councils() -> None:
    register = wales()
    assert len(register.organisations) == 22
    assert sum(o.population for o in register.organisations) == 3_107_489
    assert len({o.tile for o in register.organisations}) == 22
    assert {o.region.to("en") for o in register.organisations} == {
        "North Wales",
        "Mid Wales",
        "South West Wales",
        "South East Wales",
    }


def test_every_spelling_leads_to_its_own_council() -> None:
    register = wales()
    owners: dict[str, str] = {}
    for organisation in register.organisations:
        for spelling in organisation.spellings:
            assert owners.setdefault(fold(spelling), organisation.code) == organisation.code
            for form in (spelling, spelling.upper(), f"  {spelling.lower()} ", fold(spelling)):
                assert register.find(form) is organisation


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("ynys mon", "W06000001"),
        ("YNYS MÔN", "W06000001"),
        ("The Vale of Glamorgan", "W06000014"),
        ("Rhondda Cynon Taff", "W06000016"),
        ("Merthyr Tudful - Merthyr Tydfil", "W06000024"),
        ("City and County of Swansea", "W06000011"),
        ("castell nedd port talbot", "W06000012"),
        ("w06000015", "W06000015"),
        ("Caerdydd", "W06000015"),
        ("npt", "W06000012"),
    ],
)
def test_names_in_the_wild(name: str, code: str) -> None:
    found = wales().find(name)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [
        ("Cardif", "Cardiff"),
        ("Monmothshire", "Monmouthshire"),
        ("Pen-y-bont", "Pen-y-bont ar Ogwr"),
        ("Abertawee", "Abertawe"),
        ("Swansee", "Swansea"),
        ("Blaenau Gwnt", "Blaenau Gwent"),
        # What people call them, which is a word of the name.
        ("Môn", "Ynys Môn"),
        ("Y Bont", "Pen-y-bont ar Ogwr"),
        ("Glamorgan", "Vale of Glamorgan"),
    ],
)
def test_a_near_miss_is_suggested_and_never_taken(wrong: str, meant: str) -> None:
    assert wales().find(wrong) is None
    assert meant in wales().suggest(wrong)


def typed(letters: str, language: Language) -> list[str]:
    offered = Councils(wales(), language).get_completions(Document(letters), CompleteEvent())
    return [one.text for one in offered]


def test_names_are_offered_with_and_without_accents_ones_own_language_first() -> None:
    assert typed("mon", "cy") == ["Ynys Môn", "Monmouthshire"]
    assert typed("Ynys Mo", "en") == typed("ynys mô", "cy") == ["Ynys Môn"]
    assert typed("sir y f", "cy") == ["Sir y Fflint"]
    everyone = typed("", "cy")
    assert everyone[:22] == sorted(everyone[:22], key=lambda name: sort_key(name, "cy"))
    assert "Caerdydd" in everyone[:22] and "Cardiff" in everyone[22:]


def test_a_name_that_nobody_has_gets_an_answer_in_the_language_it_was_written_in() -> None:
    """In one's own words, with an "or" of the reader's language between several."""
    problem = unknown_council("Sir Fynw", wales(), Place("--council"))
    assert "'Sir Fynwy'" in problem.remedy(Words("en")) and "Monmouth" not in problem.remedy(Words("cy"))
    several = unknown_council("Sir Gaer", wales(), Place("--council")).remedy(Words("cy"))
    assert "'Sir Gaerfyrddin' neu 'Sir Benfro'" in several


def test_nonsense_suggests_nothing() -> None:
    assert wales().suggest("qqqq") == ()


def test_welsh_alphabet() -> None:
    names = [
        "Rhuthun",
        "Ruabon",
        "Llandudno",
        "Lwyd",
        "Ffestiniog",
        "Fyrnwy",
        "Dinbych",
        "Ddraig",
        "Chwilog",
        "Cydweli",
    ]
    ordered = sorted(names, key=lambda name: sort_key(name, "cy"))
    assert ordered == [
        "Cydweli",
        "Chwilog",
        "Dinbych",
        "Ddraig",
        "Fyrnwy",
        "Ffestiniog",
        "Lwyd",
        "Llandudno",
        "Ruabon",
        "Rhuthun",
    ]
    assert sorted(names, key=lambda name: sort_key(name, "en"))[0] == "Chwilog"
