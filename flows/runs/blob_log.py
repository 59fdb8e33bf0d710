"""The run log as JSON documents, one a run, wherever results are kept."""

import hashlib
import logging
import unicodedata
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flows.artifacts.blobs import Blobs
from flows.artifacts.codec import JsonCodec
from flows.runs.processes import ProcessMark, is_alive
from flows.runs.records import LOCALIZING, RunKind, RunRecord, RunState, crashed, is_of

logger = logging.getLogger(__name__)

SILENCE = timedelta(minutes=5)
"""A run whose process cannot be looked for is crashed after this long without a sign of life; it
gives one every half minute (`flows.runs.recording`)."""

_RECORDS = JsonCodec(RunRecord)
_SHORTEST_ID = 6
_DAYS, _MONTHS = 14, 24

# Runs that have ended do not change: who asks every few seconds reads each once.
_MOST_KEPT = 10_000

Aliveness = Callable[[ProcessMark], bool | None]


class BlobRunLog:
    """Implements `flows.runs.port.RunLog`.

    ``log/2026-11/23/RUN_ID.json`` is the run; ``media/AB/MEDIA_ID/RUN_ID`` and
    ``named/DIGEST/RUN_ID`` say which runs a medium, a title or a path has. A run's id begins with
    its time, so that names alone tell the order.
    """

    def __init__(
        self,
        blobs: Blobs,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        alive: Aliveness = is_alive,
    ) -> None:
        self._blobs, self._now, self._alive = blobs, now, alive
        self._listed: set[str] = set()
        self._ended: dict[str, RunRecord] = {}

    def begin(self, record: RunRecord) -> None:
        """See `RunLog.begin`."""
        self._keep_crashed(record)
        self.update(record)

    def update(self, record: RunRecord) -> None:
        """See `RunLog.update`."""
        # What leads to a run is of no use before the run itself.
        self._ended.pop(record.run_id, None)
        self._blobs.write(_document(record.run_id), _RECORDS.encode(record))
        for folder in _folders(record):
            name = f"{folder}/{record.run_id}"
            if name not in self._listed:
                self._blobs.write(name, record.run_id.encode())
                self._listed.add(name)

    def recent(
        self,
        limit: int,
        *,
        kinds: Collection[RunKind] = (),
        states: Collection[RunState] = (),
    ) -> tuple[RunRecord, ...]:
        """See `RunLog.recent`."""
        found: list[RunRecord] = []
        for run_id in self._newest():
            if len(found) >= limit:
                break
            record = self._record(run_id)
            if record and is_of(record, kinds) and (not states or record.state in states):
                found.append(record)
        return tuple(found)

    def of_title(self, text: str) -> tuple[RunRecord, ...]:
        """See `RunLog.of_title`."""
        names = {text, str(Path(text).expanduser().absolute())} if text.strip() else set()
        folders = {_named(name) for name in names}
        found = {run_id for folder in folders for run_id in self._ids(folder)}
        if len(text) >= _SHORTEST_ID and not set(text) - set("0123456789abcdef"):
            found.update(self._ids(f"media/{text[:2]}", text))
        records = map(self._record, sorted(found, reverse=True))
        return tuple(record for record in records if record)

    def latest(self, media_id: str, kinds: Collection[RunKind] = LOCALIZING) -> RunRecord | None:
        """See `RunLog.latest`."""
        for run_id in sorted(self._ids(_media(media_id)), reverse=True):
            record = self._record(run_id)
            if record and is_of(record, kinds):
                return record
        return None

    def prune(self, before: datetime, *, dry_run: bool = False) -> int:
        """See `RunLog.prune`."""
        limit = f"{before.astimezone(UTC):%Y%m%dT%H%M%S%f}Z"
        kept = self._last_runs(limit)
        old = [run_id for run_id in self._ids("log") if run_id < limit]
        forgotten = [one for one in old if one not in kept and not self._goes_on(one)]
        if dry_run:
            return len(forgotten)
        return sum(self._forget(run_id, before) for run_id in forgotten)

    def _last_runs(self, limit: str) -> set[str]:
        """Of each medium with runs before ``limit``, the last run of each kind in `LOCALIZING`."""
        runs_of: dict[str, list[str]] = {}
        # One listing of all: on a bucket one for each medium would be a request for each.
        for blob in self._blobs.listed("media"):
            *_, media_id, run_id = blob.name.split("/")
            runs_of.setdefault(media_id, []).append(run_id)
        return {last for ids in runs_of.values() if min(ids) < limit for last in self._last(ids)}

    def _last(self, run_ids: list[str]) -> Collection[str]:
        last: dict[RunKind, str] = {}
        for run_id in sorted(run_ids, reverse=True):
            record = self._record(run_id)
            if record and record.kind in LOCALIZING:
                last.setdefault(record.kind, run_id)
        return last.values()

    def _goes_on(self, run_id: str) -> bool:
        record = self._record(run_id)
        return record is not None and record.state == RunState.RUNNING

    def _forget(self, run_id: str, before: datetime) -> bool:
        """Whether it was there to be forgotten."""
        record = self._record(run_id)
        # What leads to it goes first: killed here, the next one finds the rest.
        for folder in _folders(record) if record else ():
            self._blobs.remove_older(f"{folder}/{run_id}", before)
            self._listed.discard(f"{folder}/{run_id}")
        self._ended.pop(run_id, None)
        return self._blobs.remove_older(_document(run_id), before)

    def _newest(self) -> Iterator[str]:
        """Ids of all runs, newest first: day by day at first, then month by month."""
        today = self._now().astimezone(UTC).date()
        days = [today - timedelta(days=back) for back in range(-1, _DAYS)]
        told: set[str] = set()
        for day in days:
            ids = self._ids(f"log/{day:%Y-%m/%d}")
            told.update(ids)
            yield from sorted(ids, reverse=True)
        year, month = days[-1].year, days[-1].month
        for _ in range(_MONTHS):
            yield from sorted(self._ids(f"log/{year}-{month:02}") - told, reverse=True)
            year, month = (year, month - 1) if month > 1 else (year - 1, 12)

    def _ids(self, folder: str, media_id: str = "") -> set[str]:
        """Of the runs listed in a folder; only of media whose id begins so, if any is given."""
        parts = (blob.name.split("/") for blob in self._blobs.listed(folder))
        return {part[-1].removesuffix(".json") for part in parts if part[-2].startswith(media_id)}

    def _record(self, run_id: str) -> RunRecord | None:
        """What is kept of a run; None when it is gone or cannot be read."""
        if run_id in self._ended:
            return self._ended[run_id]
        try:
            record = _RECORDS.decode(self._blobs.read(_document(run_id)))
        except KeyError:
            return None
        except ValueError:
            logger.warning("the record of run %r is damaged and left out", run_id)
            return None
        if record.ended_at is not None and len(self._ended) < _MOST_KEPT:
            self._ended[run_id] = record
        return crashed(record) if self._is_gone(record) else record

    def _is_gone(self, record: RunRecord) -> bool:
        if record.state != RunState.RUNNING:
            return False
        alive = self._alive(record.process)
        return self._now() - record.seen_at > SILENCE if alive is None else not alive

    def _keep_crashed(self, new: RunRecord) -> None:
        """What is told of a run that nobody saw end is told for ever, also from other machines."""
        ids = {run_id for folder in _folders(new) for run_id in self._ids(folder)}
        for run_id in sorted(ids, reverse=True)[:_DAYS]:
            record = self._record(run_id)
            if record and record.state == RunState.CRASHED and record.ended_at is None:
                self.update(_ended(record))


def _ended(record: RunRecord) -> RunRecord:
    return replace(record, ended_at=record.seen_at)


def _folders(record: RunRecord) -> tuple[str, ...]:
    # Of the hourly upkeep nobody asks by name.
    told = () if record.kind == RunKind.MAINTAIN else (record.title, record.source)
    names = dict.fromkeys(_named(name) for name in told if name)
    return (*names, *((_media(record.media_id),) if record.media_id else ()))


def _document(run_id: str) -> str:
    return f"log/{run_id[:4]}-{run_id[4:6]}/{run_id[6:8]}/{run_id}.json"


def _media(media_id: str) -> str:
    return f"media/{media_id[:2]}/{media_id}"


def _named(text: str) -> str:
    """Of a title or a path, which may hold anything and be of any length."""
    plain = unicodedata.normalize("NFC", text.strip()).casefold()
    return f"named/{hashlib.sha256(plain.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}"
