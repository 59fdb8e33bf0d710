"""Glossaries on disk: files of the show's words, a later one over an earlier one."""

from collections.abc import Sequence
from pathlib import Path

from flows.errors import UsageError
from flows.request import TargetsRequest
from flows.settings import Settings
from subtitles.language import LanguageTag
from translate.glossary.faults import OversizedGlossaryError
from translate.glossary.files import MAX_FILE_BYTES, read_glossary
from translate.glossary.glossary import Glossary, glossary_of, layered


def show_glossary(request: TargetsRequest, settings: Settings) -> Glossary:
    """The glossary of one request: the settings' files, its project's words, its own files.

    Each comes over those before it.

    Raises:
        UsageError: a file cannot be read from disk.
        FormatError: it is no glossary, or has faults.
        ReviewDatabaseError: the project's words cannot be read.
    """
    return layered(
        glossary_from(settings.glossary_paths),
        _words_of_project(request, settings),
        glossary_from(request.glossaries),
    )


def glossary_from(paths: Sequence[Path], language: LanguageTag | None = None) -> Glossary:
    """All files as one glossary (`layered`); without files one without terms.

    Args:
        paths: From the most general to the most special.
        language: Of terms whose file does not say.

    Raises:
        UsageError: a file cannot be read from disk.
        FormatError: it is no glossary, or has faults.
    """
    return layered(*(read_glossary(glossary_bytes(path), path.name, language) for path in paths))


def glossary_bytes(path: Path) -> bytes:
    """The bytes of a file of sane size.

    Raises:
        UsageError: it cannot be read from disk.
        OversizedGlossaryError: it is too large to be a glossary.
    """
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise OversizedGlossaryError(path.name, MAX_FILE_BYTES)
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror or error}") from error


def _words_of_project(request: TargetsRequest, settings: Settings) -> Glossary:
    """What is stored in the review database for the project; without any, no words."""
    if not request.project:
        return glossary_of(())
    # Here: a run of no project loads no database.
    from flows.review_wiring import project_words  # noqa: PLC0415

    return project_words(settings, request.project)
