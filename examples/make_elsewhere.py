"""A dozen places that are nowhere, so that Wales can be compared with a register of its own making.

Their names are words for stories and each title says that it is made up: nobody can take them for real authorities.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

from maturity.models.register import Register
from maturity.sources.files import write_atomically
from maturity.sources.register_file import COLUMNS, OPTIONAL
from maturity.sources.registers import register_of

REGIONS = {"coast": ("Storybook Coast", "Arfordir y Stori"), "plain": ("Paper Plain", "Gwastadedd Papur")}
RURALITY = {"rural": ("Rural", "Gwledig"), "urban": ("Urban", "Trefol"), "other": ("Other", "Arall")}
PLACES = (
    # English name, Welsh name, letters, region, residents, rurality, area in km2
    ("Fableford", "Rhyd-y-chwedl", "FAB", "coast", 318_400, "urban", 141),
    ("Inkwell Bay", "Bae'r Potyn Inc", "INK", "coast", 61_200, "rural", 702),
    ("Yarnmouth", "Aberstori", "YAR", "coast", 148_900, "other", 318),
    ("Sagaport", "Porth y Saga", "SAG", "coast", 176_300, "urban", 120),
    ("Ballad Vale", "Bro'r Faled", "BAL", "coast", 93_700, "rural", 1_240),
    ("Riddleham", "Tre'r Pos", "RID", "coast", 127_500, "other", 402),
    ("Quillshire", "Sir y Cwilsyn", "QUI", "plain", 119_800, "rural", 2_310),
    ("Paperby", "Tre Bapur", "PAP", "plain", 84_600, "other", 266),
    ("Verseley", "Dôl y Pennill", "VER", "plain", 136_100, "rural", 1_877),
    ("Neverborough", "Tre Byth-bythoedd", "NEV", "plain", 241_000, "urban", 188),
    ("Storycombe", "Cwm Straeon", "STO", "plain", 70_300, "rural", 951),
    ("Talewick", "Tre'r Hanesion", "TAL", "plain", 203_200, "other", 377),
)


def rows() -> list[dict[str, str]]:
    """The register, column → cell."""
    made = []
    for n, (english, welsh, letters, region, residents, rurality, area) in enumerate(PLACES):
        made.append(
            {
                "gss_code": f"MADEUP{n + 1:02}",
                "name_en": english,
                "name_cy": welsh,
                "authority_en": f"{english} Council (made up)",
                "authority_cy": f"Cyngor {welsh} (dychmygol)",
                "short_en": letters,
                "short_cy": letters,
                "region_en": REGIONS[region][0],
                "region_cy": REGIONS[region][1],
                "population_2021": str(residents),
                "tile_column": str(n % 4),
                "tile_row": str(n // 4),
                "aliases": "",
                "register_en": "Elsewhere (made up)",
                "register_cy": "Mannau eraill (dychmygol)",
                "attribute_rurality_en": RURALITY[rurality][0],
                "attribute_rurality_cy": RURALITY[rurality][1],
                "attribute_area": str(area),
            }
        )
    return made


def elsewhere() -> Register:
    """The places as a register."""
    return register_of("elsewhere", rows())


def write_register(path: Path) -> None:
    """Writes the register as a file."""
    text = io.StringIO()
    columns = [*COLUMNS, *OPTIONAL, "attribute_rurality_en", "attribute_rurality_cy", "attribute_area"]
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows())
    write_atomically(path, text.getvalue())
