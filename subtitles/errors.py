"""The one error tree: what can go wrong, and the exit code each kind ends the command with.

    PolycueError              1   anything of ours not named below
    ├── MediaError            3   a media file that is missing, unreadable or has no usable audio
    ├── LanguageError         4   an unknown language tag, or a pair no engine serves
    ├── ModelError            5   a model that is missing, damaged or not allowed by its licence
    ├── FormatError           6   a malformed subtitle file
    ├── StorageError          7   workspace or output cannot be written (disk full, permission)
    ├── BusyError             8   somebody else is working on this title right now
    ├── PartialError          9   some languages failed, the others are complete
    ├── ReviewError          10   the review queue refused an action
    └── QualityError         11   a subtitle file that breaks the rules of its style

Rooms subclass these kinds. Every error takes its data as positional arguments and hands them all
to ``Exception.__init__`` unchanged, so that it survives pickling between processes; the text is
made in ``__str__``, is one line, and says what to do.
"""

from typing import ClassVar


class PolycueError(Exception):
    """Root of every error this project raises on purpose."""

    exit_code: ClassVar[int] = 1


class MediaError(PolycueError):
    """A media file that is missing, unreadable or has no usable audio."""

    exit_code = 3


class LanguageError(PolycueError):
    """An unknown language tag, or a language pair that no engine serves."""

    exit_code = 4


class ModelError(PolycueError):
    """A model that is missing, damaged or not allowed by its licence."""

    exit_code = 5


class FormatError(PolycueError):
    """A malformed subtitle file."""

    exit_code = 6


class StorageError(PolycueError):
    """The workspace or the output folder cannot be written."""

    exit_code = 7


class BusyError(PolycueError):
    """Somebody else is working on this title right now."""

    exit_code = 8


class PartialError(PolycueError):
    """Some languages failed; the others are complete."""

    exit_code = 9


class ReviewError(PolycueError):
    """The review queue refused an action."""

    exit_code = 10


class QualityError(PolycueError):
    """A subtitle file that can be read and breaks the rules of its style."""

    exit_code = 11
