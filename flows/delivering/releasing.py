"""A release as a set of files for the publishing folder."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from flows.delivering.manifest import (
    ENDING,
    DeliveryKind,
    DeliveryManifest,
    MadeFrom,
    Replaced,
    delivered_file,
    manifest_at,
    manifest_bytes,
    settled,
)
from flows.delivering.outlet import Outlet
from flows.errors import ReleaseMovesError
from review.files import sha256_of
from review.release.files import FROZEN, MANIFEST
from review.release.manifest import Manifest, manifest_json
from review.release.port import Releases
from review.release.tools import tool_versions
from subtitles.language import LanguageTag

_RECEIPTS = ".polycue"
_ATTEMPTS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRelease:
    """One approval, all of it.

    Attributes:
        snapshot_sha256: Of its text.
        manifest: Of review: who approved what, and where each cue came from.
        texts: The files, by their endings; the manifest is among them.
        remarks: Files that there cannot be, and why.
    """

    snapshot_sha256: str
    manifest: Manifest
    texts: Mapping[str, str]
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseSet:
    """What a publication puts into the folder, and what goes.

    Attributes:
        files: By their paths below the folder.
        manifest: Path of the delivery manifest.
        obsolete: Files of the release before that have no successor of their name.
        kept: Such files that somebody has changed, and that stay for that.
    """

    files: Mapping[str, bytes]
    manifest: str
    obsolete: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()

    @property
    def paths(self) -> tuple[str, ...]:
        """What people look at."""
        return tuple(path for path in self.files if not path.startswith(f"{_RECEIPTS}/"))


def read_release(releases: Releases, task_id: str) -> ReadRelease:
    """What was approved last: every file of one and the same approval, as its manifest lists it.

    Raises:
        UnknownTaskError: no such task.
        NotAllowedError: nothing was approved, or by a version that kept no cues with it.
        ReleaseMovesError: it is approved anew again and again.
    """
    for _ in range(_ATTEMPTS):
        release = releases.release(task_id)
        listed = {one.name: one.sha256 for one in release.manifest.files}
        texts = {name: releases.file(task_id, name) for name in listed}
        if all(sha256_of(texts[name]) == listed[name] for name in listed):
            return ReadRelease(
                snapshot_sha256=listed[FROZEN[0]],
                manifest=release.manifest,
                texts={**texts, MANIFEST: manifest_json(release.manifest)},
                remarks=tuple(f"no {one.name}: {one.why}" for one in release.missing),
            )
    raise ReleaseMovesError(task_id)


def receipt_of(task_id: str) -> str:
    """Path of the copy of a task's delivery manifest by which the next approval finds its files."""
    return f"{_RECEIPTS}/{task_id}.json"


def release_set(
    outlet: Outlet, release: ReadRelease, *, earlier: DeliveryManifest | None
) -> ReleaseSet:
    """The files of a release as they go into the publishing folder.

    Args:
        outlet: Of the release.
        release: All of it.
        earlier: What was published in this place before; None for nothing.
    """
    language, sanction = LanguageTag(release.manifest.language), release.manifest.sanction
    files = {
        outlet.name(language, ending): text.encode("utf-8")
        for ending, text in release.texts.items()
    }
    made_from = MadeFrom(
        task_id=sanction.task_id,
        snapshot_sha256=release.snapshot_sha256,
        version=outlet.fields.version,
        approved_at=sanction.approved_at,
    )
    manifest = DeliveryManifest(
        kind=DeliveryKind.RELEASE,
        title=release.manifest.title,
        language=language,
        made_from=made_from,
        tools=tool_versions(),
        made_at=datetime.now(UTC),
        files=tuple(delivered_file(name, data) for name, data in files.items()),
        path=outlet.name(language, ENDING),
        replaces=_replaced(earlier, made_from),
    )
    told = manifest_bytes(settled(manifest, earlier))
    files |= {receipt_of(sanction.task_id): told, manifest.path: told}
    obsolete, kept = _gone(outlet.folder, earlier, files)
    return ReleaseSet(files=files, manifest=manifest.path, obsolete=obsolete, kept=kept)


def _replaced(earlier: DeliveryManifest | None, made_from: MadeFrom) -> Replaced | None:
    if earlier is None:
        return None
    if earlier.made_from == made_from:
        return earlier.replaces
    return Replaced(
        made_from=earlier.made_from,
        made_at=earlier.made_at,
        paths=tuple(one.path for one in earlier.files),
    )


def _gone(
    folder: Path, earlier: DeliveryManifest | None, files: Mapping[str, bytes]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Earlier files that are ours to remove, and those that somebody has changed since."""
    if earlier is None:
        return (), ()
    # Its receipt has another name when it is another task's; nobody looks for it any more.
    receipt = receipt_of(earlier.made_from.task_id)
    own = {path for path in (earlier.path, receipt) if manifest_at(folder / path) == earlier}
    left = [one for one in earlier.files if one.path not in files]
    as_written = {one.path for one in left if _stands(folder, one.path, one.sha256)}
    kept = (one.path for one in left if one.path not in as_written and (folder / one.path).exists())
    return tuple(sorted((own - files.keys()) | as_written)), tuple(kept)


def _stands(folder: Path, path: str, sha256: str) -> bool:
    try:
        data = (folder / path).read_bytes()
    except OSError:
        return False
    return delivered_file(path, data).sha256 == sha256
