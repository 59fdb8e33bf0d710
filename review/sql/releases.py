"""Releases in SQLite or PostgreSQL."""

from dataclasses import dataclass

from sqlalchemy import Engine, select
from sqlalchemy.exc import IntegrityError

from review.errors import NotAllowedError, UnknownTaskError
from review.files import sha256_of
from review.release.document import ReleaseDocument, document_of_json
from review.release.files import FILES, MANIFEST, file_text, is_offered, released_file
from review.release.manifest import Manifest, manifest_json, manifest_of_json, with_files
from review.release.port import Missing, Release
from review.sql.database import reading, writing
from review.sql.rows import find_snapshot, require_task
from review.sql.schema_release import ReleaseFileRow
from review.store import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """What is stored of one approval: its cues, its first manifest, and the files so far."""

    snapshot_id: int
    document: ReleaseDocument
    manifest: Manifest
    files: dict[str, str]


class SqlReleases:
    """Implements `review.release.port.Releases`."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine, self._clock = engine, clock

    def release(self, task_id: str) -> Release:
        """See the port."""
        kept = self._kept(task_id)
        files, missing = dict(kept.files), []
        for name in FILES:
            if is_offered(name, kept.document) and name not in files:
                try:
                    files[name] = self._make(kept, name)
                except NotAllowedError as error:
                    missing.append(Missing(name=name, why=str(error)))
        listed = [released_file(name, text) for name, text in files.items()]
        return Release(
            document=kept.document,
            manifest=with_files(kept.manifest, listed),
            missing=tuple(missing),
        )

    def file(self, task_id: str, name: str) -> str:
        """See the port."""
        if name == MANIFEST:
            return manifest_json(self.release(task_id).manifest)
        kept = self._kept(task_id)
        if not is_offered(name, kept.document):
            raise UnknownTaskError("file of this release called", name)
        return kept.files[name] if name in kept.files else self._make(kept, name)

    def _kept(self, task_id: str) -> _Kept:
        with reading(self._engine) as session:
            require_task(session, task_id)
            snapshot = find_snapshot(session, task_id)
            if snapshot is None:
                raise NotAllowedError("nothing is approved yet: approve the task first")
            if not snapshot.document:
                raise NotAllowedError(
                    "this text was approved by an earlier version, which kept no manifest: "
                    "reopen the task and approve it again"
                )
            rows = select(ReleaseFileRow).where(ReleaseFileRow.snapshot_id == snapshot.snapshot_id)
            made = {row.name: row.text for row in session.scalars(rows)}
        return _Kept(
            snapshot_id=snapshot.snapshot_id,
            document=document_of_json(snapshot.document),
            manifest=manifest_of_json(snapshot.manifest),
            files={"srt": snapshot.srt, "vtt": snapshot.vtt, **made},
        )

    def _make(self, kept: _Kept, name: str) -> str:
        """Make a file and keep it; where two make it at once, the first one stays."""
        text = file_text(name, kept.document)
        key = (kept.snapshot_id, name)
        try:
            with writing(self._engine) as session:
                there = session.get(ReleaseFileRow, key)
                if there is None:
                    there = ReleaseFileRow(
                        snapshot_id=kept.snapshot_id,
                        name=name,
                        text=text,
                        sha256=sha256_of(text),
                        made_at=self._clock(),
                    )
                    session.add(there)
                return there.text
        except IntegrityError:  # PostgreSQL: somebody else's came in between
            with reading(self._engine) as session:
                return session.get_one(ReleaseFileRow, key).text
