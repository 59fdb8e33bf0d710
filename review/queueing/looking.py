"""The register as one person sees it at one moment."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import numpy as np

from review.access.roles import Membership, Reach, reaches
from review.queueing.register import NOBODY, STATES, Ints, Mask, Register, seconds
from review.tasks import CLOSED, Role, TaskState
from review.workflow import HELD, RESERVABLE
from subtitles.language import LanguageTag


@dataclass(frozen=True, slots=True)
class Held:
    """A lease that runs."""

    task_id: str
    user_id: str
    until: datetime


class Look:
    """Who sees, holds and may take what.

    Args:
        register: Must not change while it is looked at.
        reach: Of the person who asks.
        leases: Those that run at ``now``.
    """

    def __init__(
        self, register: Register, reach: Reach, leases: Iterable[Held], now: datetime
    ) -> None:
        self.register, self.reach, self.now = register, reach, now
        self.leases = tuple(leases)
        self.me = register.people.code(reach.user.user_id)

    @cached_property
    def holder(self) -> Ints:
        """The number of who holds each task; `NOBODY` for nobody."""
        holders = np.zeros(len(self.register), dtype=np.int64)
        for lease in self.leases:
            row = self.register.row(lease.task_id)
            if row is not None:
                holders[row] = self.register.people.code(lease.user_id)
        return holders

    @cached_property
    def state(self) -> Ints:
        """As people see it (`review.workflow.state_now`), by its number in `STATES`."""
        stored = self.register.column("state")
        lapsed = np.arange(len(STATES))
        for held, free in HELD.items():
            lapsed[STATES.index(held)] = STATES.index(free)
        return np.where(self.holder == NOBODY, lapsed[stored], stored)

    @cached_property
    def keeper(self) -> Ints:
        """The number of whom each task is kept for while it waits to be reviewed."""
        reserved = self.register.column("reserved_for")
        runs = self.register.column("reserved_until") > seconds(self.now)
        first = np.where(runs & (reserved != NOBODY), reserved, self.register.column("assigned_to"))
        return np.where(self.in_states(*RESERVABLE), first, NOBODY)

    def in_states(self, *states: TaskState) -> Mask:
        """Tasks in one of these states, as people see them."""
        wanted = np.zeros(len(STATES), dtype=np.bool_)
        wanted[[STATES.index(state) for state in states]] = True
        return wanted[self.state]

    @cached_property
    def sees(self) -> Mask:
        """Tasks that are there at all for this person."""
        return self._as(Role.VIEWER)

    @cached_property
    def edits(self) -> Mask:
        """Tasks on which the person may do more than look."""
        return self._as(Role.LINGUIST)

    @cached_property
    def is_kept_away(self) -> Mask:
        """Tasks that somebody else has first, but for those that the person leads."""
        others: Mask = (self.keeper != NOBODY) & (self.keeper != self.me)
        return others & ~self._as(Role.LEAD)

    @cached_property
    def is_own_text(self) -> Mask:
        """Texts that this person has submitted, which somebody else has to check."""
        mine: Mask = self.register.column("submitted_by") == self.me
        return self.in_states(TaskState.QC_PENDING) & mine

    @cached_property
    def is_free(self) -> Mask:
        """Tasks that this person could claim now."""
        waits = self.in_states(*RESERVABLE, TaskState.QC_PENDING)
        free: Mask = waits & self.edits & ~self.is_kept_away & ~self.is_own_text
        return free

    @cached_property
    def is_open(self) -> Mask:
        """Tasks about which somebody has to do something."""
        return ~self.in_states(*CLOSED)

    def _as(self, needed: Role) -> Mask:
        """Tasks on which the person is at least this."""
        count = len(self.register)
        if reaches(self.reach.user.role, needed):
            return np.ones(count, dtype=np.bool_)
        covered = np.zeros(count, dtype=np.bool_)
        for one in self.reach.memberships:
            if reaches(one.role, needed):
                covered |= self._covered(one)
        return covered

    def _covered(self, one: Membership) -> Mask:
        """`Membership.covers`, asked once for every language and project there is."""
        languages = [one.covers(one.project_id or "", LanguageTag(tag)) for tag in self._tags]
        covered = np.array(languages, dtype=np.bool_)[self.register.column("language")]
        if one.project_id is not None:
            number = self.register.projects.known(one.project_id)
            covered &= self.register.column("project") == number
        return covered

    @property
    def _tags(self) -> list[str]:
        return self.register.languages.values
