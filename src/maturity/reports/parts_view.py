"""All parts of a benchmark's page that stand below the main ones: each only where the benchmark has it."""

from __future__ import annotations

from functools import cached_property

from maturity.reports.benchmark_view import BenchmarkView
from maturity.reports.divided_view import DividedPart, divided_part
from maturity.reports.evidenced_view import EvidencedPart, evidenced_part
from maturity.reports.firm_view import FirmPart, firm_part
from maturity.reports.own_view import OwnParts
from maturity.reports.peers_view import Group, groups, too_few
from maturity.reports.periods_view import Passage, passages
from maturity.reports.together_view import TogetherPart, together_part


class Parts:
    """What the templates draw; each part is None or empty where there is nothing."""

    def __init__(self, view: BenchmarkView) -> None:
        self.view = view

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        return passages(self.view)

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        return groups(self.view)

    @cached_property
    def group_choices(self) -> tuple[tuple[str, Group], ...]:
        """The groups by name, to choose from."""
        return tuple((group.name, group) for group in self.groups)

    @cached_property
    def too_few(self) -> str:
        return too_few(self.view)

    @cached_property
    def firm(self) -> FirmPart | None:
        return firm_part(self.view)

    @cached_property
    def divided(self) -> DividedPart | None:
        return divided_part(self.view)

    @cached_property
    def evidenced(self) -> EvidencedPart | None:
        return evidenced_part(self.view)

    @cached_property
    def together(self) -> TogetherPart | None:
        return together_part(self.view)

    @cached_property
    def own(self) -> OwnParts | None:
        """Of the council that the page marks, where that submitted."""
        view = self.view
        if view.council is None or view.council not in view.cards:
            return None
        return OwnParts(view, named=view.benchmark.named)
