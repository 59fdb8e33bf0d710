"""The files of a release, all made of its document and of nothing else."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from review.errors import NotAllowedError
from review.files import sha256_of
from review.release.document import ReleaseDocument
from review.release.manifest import ReleasedFile
from subtitles.errors import FormatError
from subtitles.formats.bilingual import bilingual
from subtitles.formats.document import SubtitleDocument
from subtitles.formats.losses import losses
from subtitles.formats.registry import FORMATS
from subtitles.formats.verifying import encode_verified

_Content = Callable[[ReleaseDocument], SubtitleDocument]


def _both(document: ReleaseDocument) -> SubtitleDocument:
    return bilingual(document.source_subtitles(), document.subtitles())


FROZEN = ("srt", "vtt")
"""The files that are frozen with the approval itself; the others with the first look at them."""

_CONTENTS: Mapping[str, tuple[str, _Content]] = MappingProxyType(
    {
        "srt": ("srt", ReleaseDocument.subtitles),
        "vtt": ("vtt", ReleaseDocument.subtitles),
        "ttml": ("ttml", ReleaseDocument.subtitles),
        "bilingual.srt": ("srt", _both),
        "bilingual.vtt": ("vtt", _both),
    }
)

FILES = tuple(_CONTENTS)
"""The files of every release, by their endings; there is also ``manifest.json``."""

MANIFEST = "manifest.json"


def is_offered(name: str, document: ReleaseDocument) -> bool:
    """Whether a release has such a file: a transcript has no second language."""
    is_transcript = document.language == document.source_language
    return name in _CONTENTS and not (is_transcript and name.startswith("bilingual."))


def file_text(name: str, document: ReleaseDocument) -> str:
    """The whole file.

    Args:
        name: One of `FILES`.
        document: The approved text.

    Raises:
        NotAllowedError: the format cannot hold the text; says which cue and why.
    """
    form, content = _CONTENTS[name]
    try:
        return encode_verified(FORMATS[form], content(document))
    except FormatError as error:
        raise NotAllowedError(f"there is no {name} of this text: {error}") from error


def lost_in(name: str, document: ReleaseDocument) -> tuple[str, ...]:
    """What such a file cannot carry of the text, for people; not what no file of its kind carries.

    Subtitle files say nothing of the title or the language unless their format has a place for
    them, and nobody misses these there.
    """
    form, content = _CONTENTS[name]
    try:
        found = losses(FORMATS[form], content(document))
    except FormatError:
        return ()  # `file_text` says it
    return tuple(str(one) for one in found if one.numbers)


def released_file(name: str, text: str) -> ReleasedFile:
    """A file as the manifest lists it."""
    return ReleasedFile(name=name, sha256=sha256_of(text), size_bytes=len(text.encode()))
