"""Finding a council by whatever name it was given."""

from __future__ import annotations

import pytest

from maturity.models.register import fold, sort_key
from maturity.sources.registers import wales


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
        ("Pen-y-bont", "Bridgend"),
        ("Blaenau Gwnt", "Blaenau Gwent"),
    ],
)
def test_a_near_miss_is_suggested_and_never_taken(wrong: str, meant: str) -> None:
    assert wales().find(wrong) is None
    assert meant in wales().suggest(wrong)


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
