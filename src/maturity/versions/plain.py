"""A difference as plain data: the format ``maturity-diff/1``, described in docs/versions.md."""

from __future__ import annotations

from maturity.locale.words import Words
from maturity.models.problem import Place, Problem, Said, in_language
from maturity.models.text import Text
from maturity.versions.changes import Change, Compared
from maturity.versions.difference import Difference
from maturity.versions.replay import GroupMoves, Movement, Replay, Standing

DIFF_FORMAT = "maturity-diff/1"


def difference_data(found: Difference, words: Words) -> dict[str, object]:
    """Everything that is known of a difference, ready to be written as JSON: its sentences in the language of `words`."""
    return {
        "format": DIFF_FORMAT,
        "language": words.language,
        "old": found.old,
        "new": found.new,
        "sound": not found.findings,
        "compared": [_compared(one, words) for one in found.compared],
        "problems": [_problem(problem, words) for problem in found.problems],
        "replays": [_replay(one, words) for one in found.replays],
        "not_replayed": [why.said(words) for why in found.not_replayed],
        "only_old": list(found.only_old),
        "only_new": list(found.only_new),
        "notes": [_said(note, words) for note in found.notes],
    }


def _compared(one: Compared, words: Words) -> dict[str, object]:
    return {
        "subject": one.subject,
        "id": one.id,
        "old": {"version": one.old_version, "file": one.old_file},
        "new": {"version": one.new_version, "file": one.new_file},
        "owed": str(one.owed),
        "given": None if one.given is None else str(one.given),
        "counts": {str(effect): n for effect, n in one.counts().items()},
        "changes": [_change(change, words) for change in one.changes],
    }


def _change(change: Change, words: Words) -> dict[str, object]:
    judged = change.judged
    return {
        "class": str(change.effect),
        "what": change.what,
        "address": change.address,
        "old": _side(change.old, change.old_place, words),
        "new": _side(change.new, change.new_place, words),
        "undecided": change.undecided,
        "judged": {"verdict": judged.verdict, "because": _said(judged.because, words)} if judged else None,
        "note": _said(change.note, words) or None,
        "question": change.question,
        "option": change.option,
        "stored_answers": change.answers,
    }


def _side(said: str | Text | None, place: Place | None, words: Words) -> dict[str, object] | None:
    if place is None:
        return None
    return {"says": words.of(said) if isinstance(said, Text) else said, **_where(place)}


def _said(said: Said | Text, words: Words) -> str:
    return str(in_language(said, words))


def _where(place: Place) -> dict[str, object]:
    return {"file": place.file, "line": place.line, "column": place.column}


def _problem(problem: Problem, words: Words) -> dict[str, object]:
    what = {"severity": problem.kind.severity, "code": problem.kind.code}
    return {
        **_where(problem.place),
        **what,
        "message": problem.message(words),
        "remedy": problem.remedy(words),
    }


def _replay(one: Replay, words: Words) -> dict[str, object]:
    return {
        "old": one.old,
        "new": one.new,
        "scored": one.scored,
        "headline": one.headline,
        "groups": [_group(group, words) for group in one.groups],
        "unscored": [
            {
                "organisation": u.organisation,
                "period": u.period,
                "source": u.source,
                "side": u.side,
                "why": _said(u.why, words),
            }
            for u in one.unscored
        ],
    }


def _group(group: GroupMoves, words: Words) -> dict[str, object]:
    return {
        "kind": group.kind,
        "measure": group.measure,
        "group": list(group.group),
        "name": _said(group.name, words),
        "of": group.of,
        "moved": len(group.moved),
        "change_level": group.count(lambda m: m.changes_level),
        "gain": group.count(lambda m: m.gains),
        "lose": group.count(lambda m: m.loses),
        "movements": [_movement(m) for m in group.moved],
    }


def _movement(m: Movement) -> dict[str, object]:
    who = {"organisation": m.organisation, "period": m.period, "source": m.source}
    return {**who, "before": _standing(m.before), "after": _standing(m.after), "by": m.by}


def _standing(standing: Standing) -> dict[str, object]:
    return {
        "state": standing.state,
        "published": standing.published,
        "level": standing.level,
        "counts": [[value, n] for value, n in standing.counts] or None,
    }
