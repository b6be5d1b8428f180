"""Links that a questionnaire or rubric shows are https.

Hundreds of people follow them from a council's network, and what comes over http can be read and changed on the way.
The evidence in an assessment is another matter: there a council names what it has, and its intranet may have http only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pydantic import BaseModel

from maturity.checks.texts import texts
from maturity.models.problem import Kind, Problem
from maturity.sources.yaml_reader import Document, short

NOT_HTTPS = Kind(
    "T004",
    "warning",
    "The link '{link}' is not https.",
    "Write https:// and try the link; nearly every site answers to it.",
)
_OTHER = re.compile(r"\b(?:http|ftp)://[^\s)\]>\"']+", re.IGNORECASE)


def insecure(document: Document, model: BaseModel) -> Iterator[Problem]:
    """Every link to http or ftp in a text of `model`."""
    for one in texts(model):
        for language, words in one.text.root.items():
            # Most texts have no link at all, and looking for two letters is much quicker.
            for link in dict.fromkeys(_OTHER.findall(words) if "://" in words else ()):
                yield document.problem(NOT_HTTPS, (*one.loc, language), link=short(link.rstrip(".,;:!?")))
