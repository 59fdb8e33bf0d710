"""The port of releases: what was approved last, as files and as a manifest."""

from dataclasses import dataclass
from typing import Protocol

from review.release.document import ReleaseDocument
from review.release.manifest import Manifest
from subtitles.language import LanguageTag


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A file that there cannot be of a text, and why."""

    name: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """One approved text.

    Attributes:
        document: Its cues.
        manifest: With every file that there is.
        missing: Files whose format cannot hold this text.
    """

    document: ReleaseDocument
    manifest: Manifest
    missing: tuple[Missing, ...] = ()


class Releases(Protocol):
    """Releases of tasks: always of what was approved last, whatever is being edited now.

    A file, once it was looked at, stays as it is byte for byte: also newer versions of this program
    hand out what they made then.

    Each method raises UnknownTaskError for an id there is not, NotAllowedError before the first
    approval and for an approval by a version that kept no cues with it.
    """

    def release(self, task_id: str) -> Release:
        """Everything about the text approved last; makes the files that are not there yet."""
        ...

    def file(self, task_id: str, name: str) -> str:
        """One file, whole.

        Args:
            task_id: The task.
            name: One of `review.release.files.FILES`, or `review.release.files.MANIFEST`.

        Raises:
            UnknownTaskError: for another name.
            NotAllowedError: when the format cannot hold this text; says which cue and why.
        """
        ...


class ApprovedTranscripts(Protocol):
    """What people have approved as the text spoken in a title: what translations start from."""

    def of(self, media_id: str, language: LanguageTag) -> ReleaseDocument | None:
        """The transcript approved last, also while it is being corrected again.

        None before the first approval, for a title or language there is not, and for an approval by
        a version that kept no cues with it.
        """
        ...
