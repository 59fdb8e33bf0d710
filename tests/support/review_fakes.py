"""A fake of the review queue: it keeps everything in memory and passes the port's contract."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from review.drafts import derive_task_id, require_storable_draft
from review.edits import edited, goes_on_typing, ticked
from review.errors import (
    NotAllowedError,
    StaleCueError,
    TaskHeldError,
    UnknownTaskError,
)
from review.files import file_of, require_extension, sha256_of
from review.machine_drafts import Draft
from review.measuring import measure_cue, yardstick
from review.outbox import ApprovalNotice
from review.passages import cue_ids_of, cue_qualities, passages, terms_of
from review.people import People
from review.tasks import (
    CueState,
    Event,
    EventKind,
    Lease,
    ReviewCue,
    ReviewTask,
    Snapshot,
    TaskState,
    User,
)
from review.texts import clean_cue_text, clean_reason
from review.workflow import Action, Circumstances, may_replace_draft, next_state, state_now
from subtitles.findings import Finding, Severity
from translate.drafts import SentenceDraft


@dataclass(slots=True)
class _Desk:
    """One task with everything on it; ``past`` holds the leases that ended."""

    task: ReviewTask
    offered_draft_id: str
    cues: dict[str, ReviewCue]
    findings: list[Finding]
    sentences: tuple[SentenceDraft, ...] = ()
    lease: Lease | None = None
    epoch: int = 0
    past: list[Lease] = field(default_factory=list)
    snapshots: dict[int, tuple[str, Snapshot]] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)


class InMemoryReviewStore:
    """A review queue for the length of a test; also its outbox (`notices`)."""

    def __init__(
        self,
        clock: Callable[[], datetime],
        people: People,
        lease: timedelta = timedelta(minutes=15),
    ) -> None:
        self._clock, self._people, self._lease = clock, people, lease
        self._desks: dict[str, _Desk] = {}
        self.notices: list[ApprovalNotice] = []

    def park(self, draft: Draft) -> tuple[ReviewTask, bool]:
        require_storable_draft(draft)
        standing = [
            desk
            for desk in self._desks.values()
            if (desk.task.media_id, desk.task.language) == (draft.media_id, draft.language)
        ]
        if not standing:
            task_id = derive_task_id(draft)
            self._desks[task_id] = desk = self._new_desk(task_id, draft)
            self._log(desk, None, EventKind.DRAFT_PARKED, draft.draft_id)
            return self.task(task_id), True
        desk = standing[0]
        is_new = self._offer(desk, draft)
        return self.task(desk.task.task_id), is_new

    def _offer(self, desk: _Desk, draft: Draft) -> bool:
        if draft.draft_id in {desk.task.draft_id, desk.offered_draft_id}:
            return False
        desk.offered_draft_id = draft.draft_id
        touched = bool(desk.task.reason or desk.snapshots) or any(
            cue.version > 1 or cue.state is not CueState.MACHINE for cue in desk.cues.values()
        )
        if not may_replace_draft(self._state(desk), human_work=touched):
            self._log(desk, None, EventKind.DRAFT_SUPERSEDED, draft.draft_id)
            return False
        self._end_lease(desk)
        fresh = self._new_desk(desk.task.task_id, draft)
        desk.task = replace(fresh.task, created_at=desk.task.created_at)
        desk.cues, desk.findings = fresh.cues, fresh.findings
        desk.sentences = fresh.sentences
        self._log(desk, None, EventKind.DRAFT_REPLACED, draft.draft_id)
        return True

    def tasks(self, *, state=None, language=None) -> tuple[ReviewTask, ...]:
        listed = sorted(map(self._seen, self._desks.values()), key=lambda one: one.created_at)
        return tuple(
            task
            for task in listed
            if state in {None, task.state} and language in {None, task.language}
        )

    def task(self, task_id: str) -> ReviewTask:
        return self._seen(self._desk(task_id))

    def cues(self, task_id: str, cue_ids=None) -> tuple[ReviewCue, ...]:
        cues = self._desk(task_id).cues.values()
        return tuple(cue for cue in cues if cue_ids is None or cue.cue_id in cue_ids)

    def sentences(self, task_id: str):
        return self._desk(task_id).sentences

    def passage(self, task_id: str, cue_id: str):
        desk = self._desk(task_id)
        self._cue(desk, cue_id)
        found = (one for one in passages(desk.sentences) if cue_id in cue_ids_of(one))
        return next(found, ())

    def track_findings(self, task_id: str) -> tuple[Finding, ...]:
        return tuple(self._desk(task_id).findings)

    def claim(self, task_id: str, user_id: str) -> Lease:
        user, desk = self._user(user_id), self._desk(task_id)
        held = desk.lease
        if held and held.user_id == user_id:
            self._move(desk, user, Action.RENEW, held.epoch)
            return self._renew(desk)
        if held and held.until > self._clock():
            raise TaskHeldError(task_id, held.user_name, f"{held.until:%Y-%m-%d %H:%M} UTC")
        desk.task = replace(desk.task, state=self._state(desk))
        self._move(desk, user, Action.CLAIM)
        self._end_lease(desk)
        desk.epoch += 1
        desk.lease = Lease(
            user_id=user_id,
            user_name=user.name,
            epoch=desk.epoch,
            until=self._clock() + self._lease,
        )
        self._log(desk, user, EventKind.TASK_CLAIMED, held.user_name if held else "")
        return desk.lease

    def heartbeat(self, task_id: str, user_id: str, epoch: int) -> Lease:
        user, desk = self._user(user_id), self._desk(task_id)
        self._move(desk, user, Action.RENEW, epoch)
        return self._renew(desk)

    def release(self, task_id: str, user_id: str, epoch: int) -> None:
        user, desk = self._user(user_id), self._desk(task_id)
        if not self._had(desk, user, epoch):
            self._move(desk, user, Action.RELEASE, epoch)
            self._end_lease(desk)
            self._log(desk, user, EventKind.TASK_RELEASED)

    def edit_cue(self, task_id, cue_id, *, user_id, epoch, version, text) -> ReviewCue:
        cleaned = clean_cue_text(text)
        user, desk = self._user(user_id), self._desk(task_id)
        self._move(desk, user, Action.EDIT, epoch)
        cue = self._cue(desk, cue_id)
        if cue.text != cleaned and cue.version != version:
            raise StaleCueError(cue_id, version, cue.version, cue.text)
        self._renew(desk)
        if cue.text == cleaned:
            return cue
        changed = edited(cue, cleaned, self._measured(desk, cue, cleaned))
        desk.cues[cue_id] = changed
        desk.task = replace(desk.task, updated_at=self._clock())
        last = next((one for one in reversed(desk.events) if one.cue_id == cue_id), None)
        if not goes_on_typing(last, user.name, self._clock()):
            self._log(desk, user, EventKind.CUE_EDITED, cue.text, cue_id)
        return changed

    def confirm_cue(self, task_id, cue_id, *, user_id, epoch, confirmed) -> ReviewCue:
        user, desk = self._user(user_id), self._desk(task_id)
        self._move(desk, user, Action.CONFIRM, epoch)
        cue = self._cue(desk, cue_id)
        self._renew(desk)
        changed = ticked(cue, confirmed=confirmed)
        if changed != cue:
            desk.cues[cue_id] = changed
            kind = EventKind.CUE_CONFIRMED if confirmed else EventKind.CUE_UNCONFIRMED
            self._log(desk, user, kind, "", cue_id)
        return changed

    def approve(self, task_id: str, *, user_id: str, epoch: int) -> Snapshot:
        user, desk = self._user(user_id), self._desk(task_id)
        approver, earlier = desk.snapshots.get(epoch, ("", None))
        if earlier and approver == user_id:
            return earlier
        self._move(desk, user, Action.APPROVE, epoch)
        srt = file_of(self.cues(task_id), "srt")
        snapshot = Snapshot(
            sha256=sha256_of(srt),
            task_id=task_id,
            language=desk.task.language,
            srt=srt,
            vtt=file_of(self.cues(task_id), "vtt"),
            approved_by=user.name,
            approved_at=self._clock(),
        )
        desk.snapshots[epoch] = (user_id, snapshot)
        desk.task = replace(desk.task, snapshot_sha256=snapshot.sha256, reason="")
        self._end_lease(desk)
        self._log(desk, user, EventKind.TASK_APPROVED, snapshot.sha256)
        self._notify(desk.task, snapshot)
        return snapshot

    def request_changes(self, task_id, *, user_id, epoch, reason) -> ReviewTask:
        cleaned = clean_reason(reason)
        user, desk = self._user(user_id), self._desk(task_id)
        again = desk.task.state is TaskState.CHANGES_REQUESTED and self._had(desk, user, epoch)
        if not again:
            self._move(desk, user, Action.REQUEST_CHANGES, epoch)
            self._end_lease(desk)
            desk.task = replace(desk.task, reason=cleaned)
            self._log(desk, user, EventKind.TASK_CHANGES_REQUESTED, cleaned)
        return self.task(task_id)

    def reopen(self, task_id: str, *, user_id: str, reason: str) -> ReviewTask:
        cleaned = clean_reason(reason)
        user, desk = self._user(user_id), self._desk(task_id)
        self._move(desk, user, Action.REOPEN)
        desk.task = replace(desk.task, reason=cleaned)
        self._log(desk, user, EventKind.TASK_REOPENED, cleaned)
        return self.task(task_id)

    def snapshot(self, task_id: str) -> Snapshot:
        snapshots = self._desk(task_id).snapshots
        if not snapshots:
            raise NotAllowedError("nothing is approved yet: approve the task first")
        return snapshots[max(snapshots)][1]

    def text_of(self, task_id: str, extension: str, *, approved_only: bool) -> str:
        require_extension(extension)
        if approved_only:
            return getattr(self.snapshot(task_id), extension)
        return file_of(self.cues(task_id), extension)

    def events(self, task_id: str) -> tuple[Event, ...]:
        return tuple(self._desk(task_id).events)

    def undelivered(self, *, limit: int = 100) -> tuple[ApprovalNotice, ...]:
        return tuple(self.notices[:limit])

    def _new_desk(self, task_id: str, draft: Draft) -> _Desk:
        now = self._clock()
        task = ReviewTask(
            task_id=task_id,
            **{
                name: getattr(draft, name)
                for name in (
                    *("media_id", "title", "media_path", "frame_rate", "source_language"),
                    *("language", "draft_id", "made_by", "audience", "kind", "client"),
                )
            },
            state=TaskState.PENDING,
            cue_count=0,
            confirmed_count=0,
            error_count=0,
            warning_count=0,
            lease=None,
            snapshot_sha256=None,
            reason="",
            created_at=now,
            updated_at=now,
        )
        qualities = cue_qualities(draft.sentences)
        cues = {
            cue.cue_id: ReviewCue(
                cue_id=cue.cue_id,
                ordinal=ordinal,
                span=cue.span,
                text=cue.text,
                source_text=cue.source_text,
                machine_text=cue.text,
                confidence=cue.confidence,
                state=CueState.MACHINE,
                version=1,
                findings=tuple(one for one in draft.findings if one.cue_id == cue.cue_id),
                quality=qualities.get(cue.cue_id),
            )
            for ordinal, cue in enumerate(draft.cues)
        }
        of_the_track = [one for one in draft.findings if one.cue_id not in cues]
        return _Desk(task, draft.draft_id, cues, of_the_track, draft.sentences)

    def _seen(self, desk: _Desk) -> ReviewTask:
        open_now = desk.findings + [one for cue in desk.cues.values() for one in cue.findings]
        severities = [one.severity for one in open_now]
        states = [cue.state for cue in desk.cues.values()]
        runs = desk.lease is not None and desk.lease.until > self._clock()
        return replace(
            desk.task,
            state=self._state(desk),
            lease=desk.lease if runs else None,
            cue_count=len(states),
            confirmed_count=states.count(CueState.CONFIRMED),
            error_count=severities.count(Severity.ERROR),
            warning_count=severities.count(Severity.WARNING),
        )

    def _state(self, desk: _Desk) -> TaskState:
        runs = desk.lease is not None and desk.lease.until > self._clock()
        return state_now(desk.task.state, lease_runs=runs)

    def _move(self, desk: _Desk, user: User, action: Action, epoch: int | None = None) -> None:
        held = desk.lease
        facts = Circumstances(
            task_id=desk.task.task_id,
            role=user.role,
            holds=held is not None and (held.user_id, held.epoch) == (user.user_id, epoch),
            error_count=self._seen(desk).error_count,
        )
        desk.task = replace(desk.task, state=next_state(desk.task.state, action, facts))

    def _renew(self, desk: _Desk) -> Lease:
        until = max(desk.lease.until, self._clock() + self._lease)
        desk.lease = replace(desk.lease, until=until)
        return desk.lease

    def _end_lease(self, desk: _Desk) -> None:
        if desk.lease:
            desk.past.append(desk.lease)
            desk.lease = None

    def _had(self, desk: _Desk, user: User, epoch: int) -> bool:
        return any((one.user_id, one.epoch) == (user.user_id, epoch) for one in desk.past)

    def _log(self, desk, user: User | None, kind: EventKind, detail="", cue_id=None) -> None:
        desk.task = replace(desk.task, updated_at=self._clock())
        desk.events.append(
            Event(
                event_id=1 + sum(len(one.events) for one in self._desks.values()),
                task_id=desk.task.task_id,
                cue_id=cue_id,
                actor=user.name if user else "pipeline",
                kind=kind,
                detail=detail,
                at=self._clock(),
            )
        )

    def _measured(self, desk: _Desk, cue: ReviewCue, text: str) -> tuple[Finding, ...]:
        by = yardstick(
            source_language=desk.task.source_language,
            language=desk.task.language,
            audience=desk.task.audience,
            kind=desk.task.kind,
            client=desk.task.client,
            frame_rate=desk.task.frame_rate,
        )
        beside = [one.text for one in desk.cues.values() if abs(one.ordinal - cue.ordinal) == 1]
        terms = terms_of(desk.sentences, cue.cue_id)
        return measure_cue(cue, text, by, beside=beside, terms=terms)

    def _notify(self, task: ReviewTask, snapshot: Snapshot) -> None:
        self.notices.append(
            ApprovalNotice(
                notice_id=len(self.notices) + 1,
                task_id=task.task_id,
                media_id=task.media_id,
                language=task.language,
                snapshot_sha256=snapshot.sha256,
                approved_at=snapshot.approved_at,
                attempts=0,
            )
        )

    def _user(self, user_id: str) -> User:
        user = next((one for one in self._people.users() if one.user_id == user_id), None)
        if user is None:
            raise UnknownTaskError("user", user_id)
        if not user.is_active:
            raise NotAllowedError("this account is closed: ask an administrator")
        return user

    def _desk(self, task_id: str) -> _Desk:
        if task_id not in self._desks:
            raise UnknownTaskError("task", task_id)
        return self._desks[task_id]

    def _cue(self, desk: _Desk, cue_id: str) -> ReviewCue:
        if cue_id not in desk.cues:
            raise UnknownTaskError("cue", cue_id)
        return desk.cues[cue_id]
