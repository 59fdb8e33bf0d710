"""An outbox in memory and a starter that remembers, with the faults that tests ask for."""

from dataclasses import replace
from datetime import timedelta

from review_drafts import SteppingClock

from flows.dispatching.errors import StarterDownError, StartRefusedError
from flows.dispatching.port import LOCALIZE, PUBLISH, REDO, Start
from review.errors import UnknownTaskError
from review.outbox import UNDETERMINED, Notice, NoticeKind


class InMemoryOutbox:
    """Passes the contract of `review.outbox.Outbox`."""

    def __init__(self, clock=None):
        self.clock = clock or SteppingClock()
        self._notices, self._later, self._done = {}, {}, set()

    def tell(self, kind, *, subject="one"):
        """A new notice about a task, a title or a project."""
        number = len(self._notices) + 1
        of_project = kind is NoticeKind.GLOSSARY_CHANGED
        self._notices[number] = Notice(
            notice_id=number,
            kind=kind,
            task_id="" if of_project else f"task-{subject}",
            media_id="" if of_project else f"media-{subject}",
            language=UNDETERMINED,
            snapshot_sha256="" if of_project else f"{number:064x}",
            created_at=self.clock(),
            attempts=0,
            project_id=subject if of_project else "",
        )
        return self._notices[number]

    @property
    def told(self):
        return tuple(self._notices.values())

    def undelivered(self, kinds, *, limit=100):
        waiting = (one for one in self.told if one.notice_id not in self._done)
        return tuple(one for one in waiting if one.kind in kinds)[:limit]

    def due(self, kind, *, limit=100):
        return tuple(one for one in self.undelivered([kind], limit=10**6) if self._is_due(one))[
            :limit
        ]

    def take(self, notice_id, *, for_):
        notice = self._notices.get(notice_id)
        if notice is None or notice_id in self._done or not self._is_due(notice):
            return False
        self._later[notice_id] = self.clock() + for_
        return True

    def delivered(self, notice_id):
        self._require(notice_id)
        self._done.add(notice_id)

    def failed(self, notice_id, *, again_in=timedelta(0)):
        notice = self._require(notice_id)
        self._notices[notice_id] = replace(notice, attempts=notice.attempts + 1)
        self._later[notice_id] = self.clock() + again_in

    def started(self, notice_id, *, again_in):
        notice = self._require(notice_id)
        self._notices[notice_id] = replace(notice, starts=notice.starts + 1)
        self._later[notice_id] = self.clock() + again_in

    def _is_due(self, notice):
        return self._later.get(notice.notice_id, self.clock()) <= self.clock()

    def _require(self, notice_id):
        if notice_id not in self._notices:
            raise UnknownTaskError("notice", str(notice_id))
        return self._notices[notice_id]


class RememberingStarter:
    """Has a list of runs, one a key; passes the contract of `flows.dispatching.port.Starter`.

    Attributes:
        runs: What was started, in order.
        is_down: Whether it answers nobody.
        does_at_once: Whether it has done what it returns from.
        refused: Deployments that it does not start.
        on_start: Called after a run was accepted, before the caller hears of it.
    """

    def __init__(self, known=(PUBLISH, LOCALIZE, REDO)):
        self.known, self.runs = frozenset(known), []
        self.is_down, self.refused, self.does_at_once = False, set(), False
        self.on_start = lambda run: None

    def start(self, deployment, parameters, idempotency_key):
        if self.is_down:
            raise StarterDownError("nobody answers")
        if deployment not in self.known or deployment in self.refused:
            raise StartRefusedError(deployment, "there is none")
        run = Start(
            deployment=deployment, parameters=dict(parameters), idempotency_key=idempotency_key
        )
        if all(one.idempotency_key != idempotency_key for one in self.runs):
            self.runs.append(run)
        self.on_start(run)
        return self.does_at_once
