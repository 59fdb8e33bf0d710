"""What an approval freezes beside the files, and what is read of it later."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from review.release.document import (
    ReleaseDocument,
    document_json,
    document_of_json,
    released_cues,
)
from review.release.files import released_file
from review.release.manifest import Sanction, manifest_json, manifest_of
from review.release.tools import tool_versions
from review.sql.rows import find_snapshot
from review.sql.schema import TaskRow
from review.sql.schema_memory import GlossaryRow
from review.sql.schema_people import UserRow
from review.sql.sentences import find_sentences
from review.sql.work import Work
from review.tasks import ReviewCue
from subtitles.language import LanguageTag
from subtitles.style.profile import load_profile


@dataclass(frozen=True, slots=True)
class Frozen:
    """JSON texts: the cues as released, and the manifest of the files that are there by then."""

    document: str
    manifest: str


def freeze(work: Work, cues: Sequence[ReviewCue], files: dict[str, str]) -> Frozen:
    """What is kept with an approval; call it while who approves still holds the task.

    Args:
        work: The approval.
        cues: As approved.
        files: The files frozen with it, by their endings.
    """
    task = work.task
    document = ReleaseDocument(
        media_id=task.media_id,
        title=task.title,
        source_language=LanguageTag(task.source_language),
        language=LanguageTag(task.language),
        frame_rate=task.frame_rate,
        cues=released_cues(cues, find_sentences(work.session, task.task_id)),
    )
    listed = [released_file(name, text) for name, text in files.items()]
    manifest = manifest_of(document, _sanction(work), listed, tool_versions())
    return Frozen(document_json(document), manifest_json(manifest))


def _sanction(work: Work) -> Sanction:
    task = work.task
    profile = load_profile(
        LanguageTag(task.language), audience=task.audience, kind=task.kind, client=task.client
    )
    return Sanction(
        task_id=task.task_id,
        approved_by=work.person.name,
        approved_at=work.now,
        submitted_by=_submitter(work),
        profile=profile.profile_id,
        profile_revision=profile.revision,
        glossary_sha256=_glossary(work.session, task.project_id),
    )


def _submitter(work: Work) -> str:
    """Who had handed the text over to be checked, where it was."""
    is_check = work.assignment is not None and work.assignment.is_check
    submitter = work.session.get(UserRow, work.task.submitted_by or "") if is_check else None
    return "" if submitter is None else submitter.name


def _glossary(session: Session, project_id: str) -> str:
    latest = select(GlossaryRow.sha256).where(GlossaryRow.project_id == project_id)
    found = session.scalars(latest.order_by(GlossaryRow.glossary_id.desc()).limit(1)).first()
    return found or ""


def find_document(session: Session, task_id: str) -> ReleaseDocument | None:
    """The cues approved last; None before the first approval, or for one of an older version."""
    snapshot = find_snapshot(session, task_id)
    return document_of_json(snapshot.document) if snapshot and snapshot.document else None


def approved_texts(session: Session, task: TaskRow) -> dict[str, str]:
    """The texts approved last, by cue id; empty before the first approval."""
    if task.snapshot_sha256 is None:
        return {}
    document = find_document(session, task.task_id)
    return {} if document is None else {cue.cue_id: cue.text for cue in document.cues}
