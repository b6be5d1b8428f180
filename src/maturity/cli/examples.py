"""The commands that help shows as examples: councils, roles, files and folders in them are named in the reader's language."""

from __future__ import annotations

import re

from maturity.locale.words import Words

IN_WELSH = {
    "Cardiff": "Caerdydd",
    "Digital lead": "Arweinydd digidol",
    "Digital leadership": "Arweinyddiaeth ddigidol",
    "Head of HR": "Pennaeth Adnoddau Dynol",
    "answers": "atebion",
    "benchmark.html": "meincnod.html",
    "benchmark.xlsx": "meincnod.xlsx",
    "cardiff": "caerdydd",
    "committee": "pwyllgor",
    "elsewhere": "man-arall",
    "leadership.xlsx": "arweinyddiaeth.xlsx",
    "map.yaml": "mapio.yaml",
    "my-questionnaire": "fy-holiadur",
    "my-rubric": "fy-nghyfarwyddyd",
    "my-socitm": "fy-socitm",
    "open-data": "data-agored",
    "our-look": "ein-golwg",
    "register.csv": "cofrestr.csv",
    "reports": "adroddiadau",
    "returns": "ymatebion",
    "rubric-": "cyfarwyddyd-",
    "rubric.cy.schema": "cyfarwyddyd.cy.schema",
    "rubric.schema": "cyfarwyddyd.schema",
    "scores": "sgoriau",
    "survey": "arolwg",
    "to-send-back": "i-anfon-yn-ol",
}
"""What an example names, as a whole or at its start → what a reader of Welsh would name it."""
_LONGEST_FIRST = "|".join(re.escape(name) for name in sorted(IN_WELSH, key=len, reverse=True))
_NAMED = re.compile(rf'(?<=[ "/])({_LONGEST_FIRST})(?=[-./" \n]|$|[0-9])')


def example(command: str, words: Words) -> str:
    """The lines of an example in these words. Commands, options, ids and what is bundled stay."""
    if words.language == "en":
        return command
    return _NAMED.sub(lambda name: IN_WELSH[name[1]], command)
