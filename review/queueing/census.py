"""Which tasks match, what each choice of a filter would show, and why nothing can be taken."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import reduce
from types import MappingProxyType
from typing import TypeVar

import numpy as np

from review.queueing.filters import SOON, WEEK, Due, Filters, Stage, Whose
from review.queueing.looking import Look
from review.queueing.port import Counts, Person, Standstill
from review.queueing.register import (
    NEVER_S,
    NOBODY,
    PRIORITIES,
    RISKS,
    STATES,
    Ints,
    Mask,
    seconds,
)
from review.tasks import TaskState
from review.texts import name_key
from subtitles.language import LanguageTag

Value = TypeVar("Value")

_NAMED = 3
"""How many people a standstill names."""

_WITHIN: Mapping[Due, timedelta] = MappingProxyType(
    {Due.OVERDUE: timedelta(), Due.SOON: SOON, Due.WEEK: WEEK}
)


class Census:
    """What matches some filters.

    Args:
        look: The tasks as one person sees them.
    """

    def __init__(self, look: Look, filters: Filters) -> None:
        self._look, self._register = look, look.register
        self._masks = self._asked(filters)

    def matching(self) -> Mask:
        """The tasks that match and that the person sees."""
        return self._without("")

    def seen_count(self) -> int:
        """How many tasks the person sees at all."""
        return int(self._look.sees.sum())

    def counts(self) -> Counts:
        """See `Counts`."""
        column, tags = self._register.column, self._register.languages.values
        return Counts(
            states=self._tally("state", self._look.state, STATES),
            languages=self._tally(
                "language", column("language"), [LanguageTag(tag) for tag in tags]
            ),
            projects=self._tally("project", column("project"), self._register.projects.values),
            priorities=self._tally("priority", column("priority"), PRIORITIES),
            risks=self._tally("risk", column("risk"), RISKS),
            dues=self._each("due", Due, self._due),
            whose=self._each("whose", Whose, self._whose),
        )

    def standstill(self, names: Callable[[Sequence[str]], Mapping[str, str]]) -> Standstill:
        """Why none of those that match can be taken; each task counts for one reason.

        Args:
            names: Looks the names of some people up by their ids.
        """
        look, left = self._look, self.matching()
        counted: dict[str, Mask] = {}
        mine, held = look.holder == look.me, look.holder != NOBODY
        for reason, applies in (
            ("closed", ~look.is_open),
            ("mine", mine),
            ("held", held),
            ("draft", look.in_states(TaskState.DRAFT)),
            ("look", ~look.edits),
            ("own", look.is_own_text),
            ("kept", look.is_kept_away),
        ):
            counted[reason] = left & applies
            left = left & ~applies
        holders = self._most(look.holder, counted["held"])
        keepers = self._most(look.keeper, counted["kept"])
        known = names([user_id for user_id, _ in (*holders, *keepers)])
        until = {user_id: self._first_end(user_id, counted["held"]) for user_id, _ in holders}
        return Standstill(
            holders=tuple(
                Person(name=known[user_id], count=count, until=until[user_id])
                for user_id, count in holders
            ),
            keepers=tuple(Person(name=known[user_id], count=count) for user_id, count in keepers),
            **{f"{reason}_count": int(tasks.sum()) for reason, tasks in counted.items()},
        )

    def _asked(self, filters: Filters) -> dict[str, Mask]:
        """The tasks that each filter lets through, of those that ask for something."""
        register = self._register
        asked = {
            "state": self._state(filters.state),
            "language": self._equal("language", filters.language, register.languages.known),
            "project": self._equal("project", filters.project_id, register.projects.known),
            "priority": self._equal("priority", filters.priority, PRIORITIES.index),
            "risk": self._equal("risk", filters.risk, RISKS.index),
            "due": None if filters.due is None else self._due(filters.due),
            "whose": None if filters.whose is None else self._whose(filters.whose),
            "title": self._titled(filters.title) if filters.title else None,
        }
        return {name: mask for name, mask in asked.items() if mask is not None}

    def _state(self, state: TaskState | Stage) -> Mask | None:
        if state is Stage.ALL:
            return None
        return self._look.is_open if state is Stage.OPEN else self._look.in_states(state)

    def _equal(self, name: str, value: Value | None, code: Callable[[Value], int]) -> Mask | None:
        return None if value is None else self._register.column(name) == code(value)

    def _titled(self, title: str) -> Mask:
        fits: Mask = self._register.titles_with(name_key(title))[self._register.column("title")]
        return fits

    def _due(self, due: Due) -> Mask:
        times = self._register.column("due")
        fits: Mask = (
            times == NEVER_S if due is Due.NEVER else times < seconds(self._look.now + _WITHIN[due])
        )
        return fits

    def _whose(self, whose: Whose) -> Mask:
        look, assigned = self._look, self._register.column("assigned_to")
        mine: Mask
        match whose:
            case Whose.HELD:
                mine = look.holder == look.me
            case Whose.ASSIGNED:
                mine = (assigned == look.me) | (look.keeper == look.me)
            case Whose.FREE:
                mine = look.is_free
            case Whose.NOBODY:
                mine = (look.holder == NOBODY) & (look.keeper == NOBODY) & (assigned == NOBODY)
        return mine

    def _without(self, name: str) -> Mask:
        """What matches all filters but one."""
        others = (mask for asked, mask in self._masks.items() if asked != name)
        return reduce(np.logical_and, others, self._look.sees)

    def _tally(self, name: str, column: Ints, values: Sequence[Value]) -> dict[Value, int]:
        counts = np.bincount(column[self._without(name)], minlength=len(values))
        return {value: int(n) for value, n in zip(values, counts, strict=True) if n}

    def _each(
        self, name: str, values: Iterable[Value], fits: Callable[[Value], Mask]
    ) -> dict[Value, int]:
        among = self._without(name)
        counted = {value: int((among & fits(value)).sum()) for value in values}
        return {value: n for value, n in counted.items() if n}

    def _most(self, people: Ints, among: Mask) -> list[tuple[str, int]]:
        """Ids of those that most tasks have to do with, and of how many."""
        counts = np.bincount(people[among])
        ranked = np.argsort(-counts, kind="stable")[:_NAMED]
        ids = self._register.people.values
        return [(str(ids[code]), int(counts[code])) for code in ranked if counts[code]]

    def _first_end(self, user_id: str, among: Mask) -> datetime:
        rows = {int(row) for row in np.flatnonzero(among)}
        ends = [
            lease.until
            for lease in self._look.leases
            if lease.user_id == user_id and self._register.row(lease.task_id) in rows
        ]
        return min(ends)
