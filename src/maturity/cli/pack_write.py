"""Writes a pack of councils' reports to a folder, and says what else lies there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from maturity.cli import options
from maturity.cli.errors import say

if TYPE_CHECKING:
    from maturity.locale.words import Words
    from maturity.models.text import Language
    from maturity.reports.pack import Pack


@dataclass(frozen=True)
class PackFolder:
    """Where a pack is written: a folder for each council, and the lists of all; `codes` are of the councils whose reports
    are made now."""

    out: Path
    pack: Pack
    codes: tuple[str, ...]

    @property
    def index(self) -> Path:
        """The list in the first language."""
        return next(iter(self._indexes.values()))

    @property
    def targets(self) -> list[Path]:
        """Every file that is written now."""
        return [*self._indexes.values(), *(path for code in self.codes for path in self._reports[code])]

    def write(self, pack: Pack, words: Words) -> None:
        """Writes the reports of `pack`, which is the folder's with all its parts, then the lists. Raises FileError."""
        from maturity.reports.pack import pack_index
        from maturity.sources.files import make_folder, write_atomically

        make_folder(self.out, above=True)
        for path in self._indexes.values():
            # A list that is there stands for a pack that is whole.
            with suppress(OSError):
                path.resolve().unlink(missing_ok=True)
        self._write_reports(pack, words)
        there = [code for code, paths in self._reports.items() if all(path.is_file() for path in paths)]
        for language, path in self._indexes.items():
            write_atomically(path, pack_index(pack, language, there))

    def _write_reports(self, pack: Pack, words: Words) -> None:
        from maturity.reports.pack_workers import pack_reports
        from maturity.sources.files import make_folder, remove_leftovers, write_atomically

        done = 0
        try:
            with (
                options.progress(words("Councils' reports")) as step,
                closing(pack_reports(pack, self.codes)) as reports,
            ):
                step(0, len(self.codes))
                for _, files in reports:
                    for name, content in files.items():
                        make_folder((self.out / name).parent)
                        remove_leftovers(self.out / name)
                        write_atomically(self.out / name, content)
                    done += 1
                    step(done, len(self.codes))
        except KeyboardInterrupt:
            say(
                words("Reports of {n} of {of} councils are written, and no list.", n=done, of=len(self.codes))
            )
            raise

    def strange(self) -> Iterator[Path]:
        """What this pack, were all of it made, would not hold: other files in a council's folder, reports in folders that
        are named like them, and other lists."""
        from maturity.models.register import slug
        from maturity.models.text import LANGUAGES

        names = [m.organisation.name for m in self.pack.benchmark.members]
        councils = {slug(name.to(language)) for name in names for language in LANGUAGES}
        ours = {path for paths in self._reports.values() for path in paths} | {*self._indexes.values()}
        for path in _listed(self.out):
            if path.is_dir():
                alike = [p for p in _listed(path) if path.name in councils or _like_report(p)]
                yield from (p for p in alike if p not in ours)
            elif path.name.startswith("index-") and path.suffix == ".html" and path not in ours:
                yield path

    @property
    def earlier(self) -> bool:
        """Whether there are reports of this pack that are not made now."""
        kept = (paths for code, paths in self._reports.items() if code not in self.codes)
        return any(path.is_file() for paths in kept for path in paths)

    @cached_property
    def _indexes(self) -> dict[Language, Path]:
        from maturity.reports.pack import index_path

        languages = self.pack.languages
        return {one: self.out / index_path(one, languages) for one in languages}

    @cached_property
    def _reports(self) -> dict[str, list[Path]]:
        """Every council's files, of those too whose reports are not made now."""
        from maturity.reports.pack import paths_of

        pack = self.pack
        return {
            m.organisation.code: [
                self.out / name
                for language in pack.languages
                for name in paths_of(m.organisation, pack.benchmark.period, language, pack.languages[0])
            ]
            for m in pack.benchmark.submitted
        }


def tell_result(folder: PackFolder, words: Words) -> None:
    """How many reports there are, what to send, and what not."""
    benchmark, n = folder.pack.benchmark, len(folder.codes)
    say(
        words(
            "Reports of {n} of {of} councils. Send each council nothing but its own folder.",
            n=n,
            of=benchmark.n_members,
        )
    )
    if strange := list(folder.strange()):
        names = options.listed(strange, words)
        say(words("Not of this pack, and still there: {files}", files=names))
    if folder.earlier:
        say(words("Other reports that are there were made before, and may show other figures."))
    if benchmark.made_up:
        say(words("These answers are made up."))


def _listed(folder: Path) -> list[Path]:
    """What lies in a folder that can be looked into, but for what systems hide there themselves."""
    try:
        return sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except OSError:
        return []


def _like_report(path: Path) -> bool:
    return path.name.startswith(f"{path.parent.name}-") and path.suffix in (".html", ".xlsx")
