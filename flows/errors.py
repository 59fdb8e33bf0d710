"""What can go wrong around the stages: disk, locks, partial results."""

import errno

from subtitles.errors import (
    BusyError,
    FormatError,
    PartialError,
    PolycueError,
    QualityError,
    StorageError,
)


class CannotWriteError(StorageError):
    """A file or folder that could not be written."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(path, reason)
        self.path, self.reason = path, reason

    def __str__(self) -> str:
        return f"cannot write {self.path}: {self.reason}"


class TitleBusyError(BusyError):
    """Another process is running this title, in this workspace or on the same review server."""

    def __init__(self, title: str, holder: str) -> None:
        super().__init__(title, holder)
        self.title, self.holder = title, holder

    def __str__(self) -> str:
        return f"{self.title} is being processed by {self.holder}; wait for it, or stop it first"


class SomeLanguagesFailedError(PartialError):
    """Some languages failed; what is complete is listed and stays."""

    def __init__(self, failed: tuple[tuple[str, str], ...], complete: tuple[str, ...]) -> None:
        super().__init__(failed, complete)
        self.failed, self.complete = failed, complete

    def __str__(self) -> str:
        failed = "; ".join(f"{language}: {why}" for language, why in self.failed)
        complete = ", ".join(self.complete) or "none"
        return f"failed languages: {failed} (complete: {complete})"


class AbandonedError(PolycueError):
    """Work beside the main work that nobody waits for any more; never leaves the run it is of."""

    def __str__(self) -> str:
        return "the run ended before this work did; run the same command again to go on"


class RulesBrokenError(QualityError):
    """A file with findings of a severity that its checker does not accept."""

    def __init__(self, file: str, what: str, profile_id: str) -> None:
        super().__init__(file, what, profile_id)
        self.file, self.what, self.profile_id = file, what, profile_id

    def __str__(self) -> str:
        return (
            f"{self.file} breaks rules of {self.profile_id}: {self.what}; "
            "mend them, or accept them with --fail-on"
        )


class NothingToTranslateError(FormatError):
    """A subtitle file that can be read and holds nothing."""

    def __init__(self, file: str) -> None:
        super().__init__(file)
        self.file = file

    def __str__(self) -> str:
        return f"{self.file} holds no subtitles to translate: name another file"


class UnreadableRequestError(PolycueError):
    """What was asked of a run cannot be asked any more: another version kept it."""

    def __init__(self, title: str, run_id: str) -> None:
        super().__init__(title, run_id)
        self.title, self.run_id = title, run_id

    def __str__(self) -> str:
        return (
            f"run {self.run_id} of {self.title} was asked for by another version of Polycue: "
            "run the title again with `polycue run`"
        )


class UsageError(PolycueError):
    """A command line that makes no sense; exit code 2, as the shell's custom has it."""

    exit_code = 2

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what

    def __str__(self) -> str:
        return self.what


class UnusableNamesError(UsageError, ValueError):
    """Names to expect that no recogniser could."""


class InvalidNamingError(UsageError, ValueError):
    """A naming template that cannot be used, or names that no files may have together."""


class NameTakenError(StorageError):
    """A file would take the place of what was published."""

    def __init__(self, path: str, owner: str, remedy: str) -> None:
        super().__init__(path, owner, remedy)
        self.path, self.owner, self.remedy = path, owner, remedy

    def __str__(self) -> str:
        return f"{self.path} belongs to what was published of {self.owner}: {self.remedy}"


class ReleaseMovesError(BusyError):
    """A text that is approved anew while it is being read."""

    def __init__(self, task_id: str) -> None:
        super().__init__(task_id)
        self.task_id = task_id

    def __str__(self) -> str:
        return f"task {self.task_id[:12]} is being approved right now; publish it again"


def in_one_line(error: Exception) -> str:
    """What happened, for people: our own errors say it themselves, any other is a surprise."""
    is_ours = isinstance(error, PolycueError)
    what = str(error) if is_ours else f"unexpected {type(error).__name__}: {error}"
    return next(iter(what.splitlines()), "") or type(error).__name__


def exit_code_of(error: Exception) -> int:
    """What a command that ended with this error gives to the shell."""
    return error.exit_code if isinstance(error, PolycueError) else PolycueError.exit_code


def write_failure(path: object, error: OSError) -> CannotWriteError:
    """Say in trade words why the system refused to write."""
    reasons = {
        errno.ENOSPC: "the disk is full; free some space and run the same command again",
        errno.EDQUOT: "the disk quota is used up; free some space and run the same command again",
        errno.EACCES: "permission denied; choose another folder or change its permissions",
        errno.EPERM: "permission denied; choose another folder or change its permissions",
        errno.EROFS: "the file system is read-only; choose another folder",
        errno.ENOTDIR: "a part of this path is a file, not a folder",
        errno.EEXIST: "there is a file where a folder is needed",
        errno.ENAMETOOLONG: "the name is too long",
    }
    fallback = error.strerror or type(error).__name__
    return CannotWriteError(str(path), reasons.get(error.errno or 0, fallback))
