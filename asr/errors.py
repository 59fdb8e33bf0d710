"""What can be wrong with a media file or with the recognition of it, each with what to do.

    MediaError
    ├── UnreadableMediaError      missing, a folder, not a regular file, empty, or no permission
    ├── NotMediaError             bytes that no demuxer recognises, or that only point elsewhere
    ├── DamagedMediaError         a known container that cannot be opened: cut off or corrupt
    ├── NoAudioError              nothing to listen to
    ├── NoSuchAudioStreamError    the chosen audio stream is not there
    └── NoSpeechError             nobody speaks in it

    ModelError
    ├── UnusableModelError        files missing, or the engine refuses them
    └── UntranslatingModelError   an English-only model asked to translate

File names and stream titles are hostile input: they are shown through `repr`, which keeps control
characters out of a terminal.
"""

from pathlib import Path

from subtitles.errors import MediaError, ModelError, PolycueError


class UnreadableMediaError(MediaError):
    """A path that cannot be read as a file; ``why`` is a short clause."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(path, why)
        self.path, self.why = path, why

    def __str__(self) -> str:
        return f"cannot read {self.path.name!r}: {self.why}"


class NotMediaError(MediaError):
    """A file that holds no audio or video of its own."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(path, why)
        self.path, self.why = path, why

    def __str__(self) -> str:
        return f"{self.path.name!r} is not a media file: {self.why}; give a video or audio file"


class DamagedMediaError(MediaError):
    """A media file that cannot be opened or decoded; ``why`` is a short clause."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(path, why)
        self.path, self.why = path, why

    def __str__(self) -> str:
        return f"{self.path.name!r} is damaged: {self.why}; copy or export the file again"


class NoAudioError(MediaError):
    """A media file without any audio stream."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.path = path

    def __str__(self) -> str:
        return f"{self.path.name!r} has no audio stream: give a version of the title with its sound"


class NoSuchAudioStreamError(MediaError):
    """The chosen audio stream does not exist; ``listing`` names those that do."""

    def __init__(self, path: Path, index: int, listing: str) -> None:
        super().__init__(path, index, listing)
        self.path, self.index, self.listing = path, index, listing

    def __str__(self) -> str:
        return f"{self.path.name!r} has no audio stream {self.index}; choose one of {self.listing}"


class NoSpeechError(MediaError):
    """A title in which nobody speaks, so that not even its language is known."""

    def __str__(self) -> str:
        return (
            "no speech was found: choose another audio stream, or give the spoken language "
            "to get subtitles without cues"
        )


class UnusableModelError(ModelError):
    """A recognition model that the engine cannot load."""

    def __init__(self, model_name: str, why: str) -> None:
        super().__init__(model_name, why)
        self.model_name, self.why = model_name, why

    def __str__(self) -> str:
        return f"cannot load the recognition model {self.model_name!r}: {self.why}"


class UntranslatingModelError(ModelError):
    """An English-only model that was asked to translate speech."""

    def __init__(self, model_name: str) -> None:
        super().__init__(model_name)
        self.model_name = model_name

    def __str__(self) -> str:
        return (
            f"the recognition model {self.model_name!r} knows only English and cannot translate: "
            "choose a multilingual model"
        )


class UnjoinablePartsError(PolycueError, ValueError):
    """Chunk transcripts that do not make one transcript."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why

    def __str__(self) -> str:
        return f"cannot join the chunk transcripts: {self.why}"


class InvalidShotsError(PolycueError, ValueError):
    """Shot changes out of order."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why

    def __str__(self) -> str:
        return f"not a list of shot changes: {self.why}"
