"""Cue tracks to files."""

import logging
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

from flows.delivering.manifest import (
    ENDING,
    DeliveryKind,
    DeliveryManifest,
    MadeFrom,
    delivered_file,
    manifest_at,
    manifest_bytes,
    settled,
)
from flows.delivering.outlet import Outlet
from flows.delivering.transaction import write_set
from flows.errors import NameTakenError
from review.release.tools import tool_versions
from subtitles.cues import CueTrack
from subtitles.formats.document import SubtitleDocument, document_of
from subtitles.formats.losses import losses
from subtitles.formats.registry import format_of
from subtitles.formats.verifying import encode_verified

_LOG = logging.getLogger(__name__)


def file_name(stem: str, language: str, extension: str) -> str:
    """``{stem}.{language}.{extension}``, which media servers and players recognise."""
    return f"{stem}.{language}.{extension}"


def write_files(
    track: CueTrack,
    outlet: Outlet,
    extensions: Sequence[str],
    *,
    frame_rate: Fraction | None = None,
    made_from: str = "",
) -> tuple[Path, ...]:
    """Write the track in every format asked for, and what the files are (`DeliveryManifest`).

    All of them appear, or none; a file that is already so is left alone. Every text is read back
    and compared before the first file is written. What a format cannot carry of a subtitle is told
    in the log.

    Args:
        track: The cues.
        outlet: Where the files go.
        extensions: Of the formats.
        frame_rate: Of the film, if known.
        made_from: Digest of the stored cues; empty for none.

    Returns:
        The subtitle files, in the order of their formats.

    Raises:
        UnknownFormatError: an extension of no format here.
        UnwritableSubtitleError: a format cannot hold a subtitle at all.
        RoundTripError: a text does not say what it was written to say.
        NameTakenError: an approved text is published there.
        CannotWriteError: full disk, missing permission, or a file where the folder should be.
    """
    title = outlet.fields.title
    document = document_of(track, frame_rate=frame_rate, title=title)
    files = {
        outlet.name(track.language, extension): _text_of(document, extension).encode("utf-8")
        for extension in extensions
    }
    paths = tuple(outlet.folder / name for name in files)
    manifest = _manifest(track, outlet, files, made_from)
    there = manifest_at(outlet.folder / manifest.path)
    if there is not None and there.kind is DeliveryKind.RELEASE:
        owner = f"{title} {track.language}"
        raise NameTakenError(manifest.path, owner, "choose another folder with --out")
    files[manifest.path] = manifest_bytes(settled(manifest, there))
    write_set(outlet.folder, manifest.path, files, manifest=manifest.path)
    return paths


def _manifest(
    track: CueTrack, outlet: Outlet, files: Mapping[str, bytes], made_from: str
) -> DeliveryManifest:
    return DeliveryManifest(
        kind=DeliveryKind.DRAFT,
        title=outlet.fields.title,
        language=track.language,
        made_from=MadeFrom(artifact=made_from),
        tools=tool_versions(),
        made_at=datetime.now(UTC),
        files=tuple(delivered_file(name, data) for name, data in files.items()),
        path=outlet.name(track.language, ENDING),
    )


def _text_of(document: SubtitleDocument, extension: str) -> str:
    form = format_of(extension)
    for loss in losses(form, document):
        if loss.numbers:
            _LOG.warning("%s, %s: %s", document.language, form.name, loss)
    return encode_verified(form, document)
