"""What groups are called, in both languages."""

from __future__ import annotations

from maturity.locale.words import N_, Words
from maturity.models.text import LANGUAGES, Text

ATTRIBUTES = {"rurality": N_("Rurality"), "population": N_("Population"), "region": N_("Region")}
"""What the bundled register's attributes are called; others are called as their columns are."""


def both(message: str, **places: object) -> Text:
    """The words in both languages; places that are Texts in theirs."""
    return Text(
        {
            language: Words(language)(
                message, **{k: v.to(language) if isinstance(v, Text) else v for k, v in places.items()}
            )
            for language in LANGUAGES
        }
    )


def attribute_name(name: str) -> Text:
    """What an attribute is called: 'Rurality', 'Welsh speakers'."""
    return both(ATTRIBUTES[name]) if name in ATTRIBUTES else Text({"en": name.replace("_", " ").capitalize()})


def attribute_text(name: str, value: Text) -> Text:
    """A group by words: a region by its own name, else 'Rurality: Valleys'."""
    return (
        value
        if name == "region"
        else both(N_("{attribute}: {value}"), attribute=attribute_name(name), value=value)
    )


def band_text(name: str, low: float | None, high: float | None) -> Text:
    """A band of a number, from `low` up to but not with `high`: 'Population: from 100,000 to below 150,000'."""
    places = {"attribute": attribute_name(name), "low": _number(low), "high": _number(high)}
    if low is None and high is None:
        return attribute_name(name)
    if low is None:
        return both(N_("{attribute}: below {high}"), **places)
    if high is None:
        return both(N_("{attribute}: {low} or more"), **places)
    return both(N_("{attribute}: from {low} to below {high}"), **places)


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:,.9f}".rstrip("0").rstrip(".")
