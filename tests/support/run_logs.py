"""Runs to keep, and a log of them in memory."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from flows.runs.processes import ProcessMark, this_process
from flows.runs.records import LOCALIZING, RunKind, RunRecord, RunState, is_of

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
MEDIA = "ab" * 32


def run(minutes=0, **fields):
    """A run of this process, begun so many minutes after noon."""
    at = NOON + timedelta(minutes=minutes)
    values = {
        "run_id": f"{at:%Y%m%dT%H%M%S}000Z-{abs(hash((minutes, str(fields)))) % 16**8:08x}",
        "kind": RunKind.TITLE,
        "title": "dinner",
        "source": "/films/dinner.mp4",
        "media_id": MEDIA,
        "state": RunState.COMPLETED,
        "started_at": at,
        "seen_at": at,
        "ended_at": at + timedelta(minutes=1),
        "process": this_process(),
    }
    return RunRecord(**{**values, **fields})


def running(minutes=0, **fields):
    """A run that has not ended."""
    return replace(run(minutes, **fields), state=RunState.RUNNING, ended_at=None)


def dead_process():
    """A process of this machine that is gone."""
    return replace(this_process(), started="1")


def far_process():
    """A process of a machine that cannot be looked at."""
    return ProcessMark(host="elsewhere", pid=7, kernel="another", started="1")


class MemoryRunLog:
    """Implements `RunLog` in memory; every process is alive."""

    def __init__(self):
        self.records = {}

    def begin(self, record):
        self.update(record)

    def update(self, record):
        self.records[record.run_id] = record

    def _newest(self):
        return [self.records[run_id] for run_id in sorted(self.records, reverse=True)]

    def recent(self, limit, *, kinds=(), states=()):
        found = [
            one
            for one in self._newest()
            if is_of(one, kinds) and (not states or one.state in states)
        ]
        return tuple(found[:limit])

    def of_title(self, text):
        return tuple(
            one
            for one in self._newest()
            if one.kind != RunKind.MAINTAIN
            and (
                text.casefold() in {one.title.casefold(), one.source.casefold()}
                or (len(text) >= 6 and one.media_id.startswith(text))
            )
        )

    def latest(self, media_id, kinds=LOCALIZING):
        fitting = (one for one in self._newest() if one.media_id == media_id and is_of(one, kinds))
        return next(fitting, None)

    def prune(self, before, *, dry_run=False):
        known = {one.media_id for one in self._newest()} - {""}
        last = {self.latest(medium, {kind}) for medium in known for kind in LOCALIZING}
        forgotten = [
            one
            for one in self._newest()
            if one.started_at < before and one.state != RunState.RUNNING and one not in last
        ]
        for one in () if dry_run else forgotten:
            del self.records[one.run_id]
        return len(forgotten)
