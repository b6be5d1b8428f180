"""The councils that are offered while a name is typed."""

from __future__ import annotations

from collections.abc import Iterator

from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document

from maturity.models.register import Register, fold, sort_key
from maturity.models.text import Language


class Councils(Completer):
    """Names that hold the letters typed, with or without their accents: first in the language of who types, in the order
    of its alphabet, then in the other."""

    def __init__(self, register: Register, language: Language) -> None:
        own = [one.name.to(language) for one in register.organisations]
        other = [name for one in register.organisations for name in one.name.root.values() if name not in own]
        ordered = [*sorted(own, key=lambda name: sort_key(name, language)), *other]
        self.names = {name: fold(name) for name in dict.fromkeys(ordered)}

    def get_completions(
        self,
        document: Document,
        complete_event: CompleteEvent,  # noqa: ARG002 - prompt_toolkit gives it
    ) -> Iterator[Completion]:
        typed = document.text
        for name, letters in self.names.items():
            if fold(typed) in letters or typed.casefold() in name.casefold():
                yield Completion(name, start_position=-len(typed))
