"""A subtitle file as a title: its cues are the source track, and there may be a film to it."""

import hashlib
from dataclasses import dataclass

from asr.media import MediaAsset
from flows.delivering.outlet import Outlet
from flows.delivering.outputs import naming_of, outlet_of
from flows.errors import NothingToTranslateError, UsageError
from flows.film import film_of
from flows.progress import current_progress
from flows.request import TranslateRequest
from flows.settings import Settings
from flows.stages.once import Stage
from flows.stages.subtitling import TRACKS
from flows.subtitle_files import bytes_of, language_of, read_bytes
from flows.title import wanted_of
from subtitles.cues import CueTrack
from subtitles.formats.reading import ReadFile
from subtitles.language import LanguageTag
from subtitles.picture import NO_PICTURE, Picture
from subtitles.report.file_track import track_of
from subtitles.signature import EngineSignature
from subtitles.timing.untangling import UNTANGLING_VERSION, Untangled, untangled

_MAX_NAMED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class FileTitle:
    """A file that was read, and what is asked of it (`flows.title.Localizable`).

    Attributes:
        request: What is asked.
        digest: SHA-256 of the file's bytes.
        read: What is in it.
        language: Of its text.
        asset: The film, when one is named.
        picture: Of the film; else what the file itself says of it.
        stream: Nothing is heard.
        transcript: Likewise.
    """

    request: TranslateRequest
    digest: str
    read: ReadFile
    language: LanguageTag
    asset: MediaAsset | None
    picture: Picture
    stream: None = None
    transcript: None = None

    @property
    def media_id(self) -> str:
        """The film's, so that its review tasks come together; else the file's digest."""
        return self.asset.media_id if self.asset else self.digest


def open_file(request: TranslateRequest, settings: Settings) -> FileTitle:
    """Read the file, and what is known of the film.

    Raises:
        UsageError: it cannot be read from disk, its language is not known, no other language is
            wanted, or it would be overwritten.
        FormatError: it cannot be understood, or holds nothing.
        MediaError: the film cannot be read.
    """
    if request.find_shots and request.media is None:
        raise UsageError("--find-shots needs the film: name it with --media")
    given = None if request.language is None else LanguageTag(request.language)
    data = bytes_of(request.file)
    read = read_bytes(
        data, request.file.name, given, encoding=request.encoding, repair=request.repair
    )
    if not read.document.subtitles:
        raise NothingToTranslateError(request.file.name)
    language = language_of(request.file, given, read, "--from")
    _refuse_nonsense(request, language, outlet_of(request, naming_of(request, settings)))
    picture, asset = NO_PICTURE, None
    if request.media is not None:
        film = film_of(request.media, settings, find_shots=request.find_shots)
        picture, asset = film.picture, film.asset
    elif read.document.frame_rate is not None:
        picture = Picture(frame_rate=read.document.frame_rate)
    return FileTitle(
        request=request,
        digest=hashlib.sha256(data).hexdigest(),
        read=read,
        language=language,
        asset=asset,
        picture=picture,
    )


def file_stage(title: FileTitle) -> Stage[CueTrack]:
    """The file's cues as a source track, its text and times as they are where they do not clash."""
    request = title.request
    profile = request.profile(title.language)
    form = title.read.form.name

    def compute() -> CueTrack:
        found = track_of(title.read.document, title.language, form)
        ordered = untangled(found.cues, profile.min_duration_ms)
        _tell(title, ordered)
        return CueTrack(
            media_id=title.media_id,
            language=title.language,
            cues=ordered.cues,
            made_by=EngineSignature(engine="file", engine_version=UNTANGLING_VERSION, model=form),
        )

    return Stage(
        name="file-cues",
        made_from={
            "file": title.digest,
            "media": title.media_id,
            "format": form,
            "encoding": title.read.text.encoding,
            "repair": request.repair,
            "language": title.language,
            "shortest": profile.min_duration_ms,
            "rules": UNTANGLING_VERSION,
        },
        codec=TRACKS,
        compute=compute,
    )


def _refuse_nonsense(request: TranslateRequest, language: LanguageTag, outlet: Outlet) -> None:
    targets = wanted_of(request, language)
    if not targets:
        raise UsageError(f"name a language to translate {language} into, such as --to es,fr")
    for target in targets:
        for extension in request.formats:
            path = outlet.path(target, extension)
            if path.resolve() == request.file.resolve():
                raise UsageError(f"{path.name} would overwrite itself: choose a folder with --out")


def _tell(title: FileTitle, ordered: Untangled) -> None:
    """What was mended in the file, and what was done to its cues."""
    progress = current_progress.get()
    name = title.request.file.name
    if title.read.repairs:
        progress.warned(
            f"{name}: {len(title.read.repairs)} faults mended; polycue convert --repair lists them"
        )
    for ids, what in (
        (ordered.shortened, "made to end where the next begins"),
        (ordered.joined, "made one with those that are shown at the same time"),
    ):
        if ids:
            numbers = [
                str(place)
                for place, cue in enumerate(ordered.cues, 1)
                if cue.cue_id in frozenset(ids)
            ]
            named = ", ".join(numbers[:_MAX_NAMED])
            more = "" if len(numbers) <= _MAX_NAMED else " …"
            progress.warned(f"{name}: cues that overlap, {len(ids)} {what} ({named}{more})")
