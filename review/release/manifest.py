"""The manifest of a release: what is in it, whence each cue came, who answers for it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from pydantic import TypeAdapter

from review.release.document import Made, ReleaseDocument

MANIFEST_VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedFile:
    """A file of a release: its ending, its digest and its size as it is written (UTF-8)."""

    name: str
    sha256: str
    size_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sanction:
    """Who let a text go out, and by which rules it was measured.

    Attributes:
        task_id: The review task.
        approved_by: The name of who approved it.
        approved_at: When.
        submitted_by: The name of who had made the text, where a second person approved; or empty.
        profile: Name of the style profile.
        profile_revision: Digest of its values.
        glossary_sha256: Of the project's words that were in force; empty for none.
    """

    task_id: str
    approved_by: str
    approved_at: datetime
    submitted_by: str
    profile: str
    profile_revision: str
    glossary_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where one cue came from (fields as in `review.release.document.ReleasedCue`)."""

    number: int
    cue_id: str
    start_ms: int
    end_ms: int
    made: Made
    made_by: str
    is_confirmed: bool
    waived: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What is said about a release, in the order in which it is written.

    Attributes:
        media_id: SHA-256 of the media file's bytes.
        ai_use: The part that software and people had, in words.
        made_counts: How many cues came about in which way.
        engines: Printed signatures of the engines that drafted cues of it, in order of appearance.
        tools: Versions of the software that made the files.
        files: Of the release, but for the manifest itself.
        version: Of this layout.
    """

    title: str
    source_language: str
    language: str
    media_id: str
    frame_rate: str | None
    sanction: Sanction
    ai_use: str
    made_counts: Mapping[Made, int]
    engines: tuple[str, ...]
    tools: Mapping[str, str]
    files: tuple[ReleasedFile, ...]
    cues: tuple[Provenance, ...]
    version: int = MANIFEST_VERSION


_MANIFESTS = TypeAdapter(Manifest)


def manifest_of(
    document: ReleaseDocument,
    sanction: Sanction,
    files: Sequence[ReleasedFile],
    tools: Mapping[str, str],
) -> Manifest:
    """The manifest of an approved text."""
    counts = Counter(cue.made for cue in document.cues)
    made_counts = {made: counts[made] for made in Made}
    engines = (cue.made_by for cue in document.cues if cue.made_by)
    return Manifest(
        title=document.title,
        source_language=document.source_language,
        language=document.language,
        media_id=document.media_id,
        frame_rate=document.frame_rate,
        sanction=sanction,
        ai_use=ai_use_statement(document, sanction),
        made_counts=made_counts,
        engines=tuple(dict.fromkeys(engines)),
        tools=dict(tools),
        files=tuple(files),
        cues=tuple(
            Provenance(
                number=number,
                cue_id=cue.cue_id,
                start_ms=cue.start_ms,
                end_ms=cue.end_ms,
                made=cue.made,
                made_by=cue.made_by,
                is_confirmed=cue.is_confirmed,
                waived=cue.waived,
            )
            for number, cue in enumerate(document.cues, 1)
        ),
    )


def ai_use_statement(document: ReleaseDocument, sanction: Sanction) -> str:
    """The part that software and people had in a text, in plain words."""
    counts = Counter(cue.made for cue in document.cues)
    what = (
        "recognised from speech by software"
        if document.language == document.source_language
        else "recognised from speech and translated by software"
    )
    parts = [
        (counts[Made.MACHINE] + counts[Made.COPY], "stand as software wrote them"),
        (counts[Made.MEMORY], "come from translations that people had approved before"),
        (counts[Made.EDITED], "were drafted by software and changed by a person"),
        (counts[Made.HUMAN], "were written by a person"),
    ]
    told = "; ".join(f"{count} {how}" for count, how in parts if count) or "there are none"
    checked = f", after {sanction.submitted_by} had reviewed them" if sanction.submitted_by else ""
    return (
        f"These subtitles were {what} and reviewed by people. "
        f"Of {len(document.cues)} subtitles: {told}. "
        f"{sanction.approved_by} approved them on {sanction.approved_at:%Y-%m-%d}{checked}."
    )


def manifest_json(manifest: Manifest) -> str:
    """The manifest as it is kept and handed out."""
    return _MANIFESTS.dump_json(manifest, indent=1).decode() + "\n"


def manifest_of_json(text: str) -> Manifest:
    """What `manifest_json` wrote."""
    return _MANIFESTS.validate_json(text)


def with_files(manifest: Manifest, files: Sequence[ReleasedFile]) -> Manifest:
    """The manifest with more files, each name once, in the order of the names."""
    named = {one.name: one for one in (*files, *manifest.files)}
    return replace(manifest, files=tuple(named[name] for name in sorted(named)))
