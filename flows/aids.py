"""What a title is translated with beside the engine: the show's words, and approved work."""

from collections.abc import Callable

from flows.glossary_files import show_glossary
from flows.request import TargetsRequest
from flows.settings import Settings
from translate.aids import Aids
from translate.glossary.show_glossary import ShowGlossary
from translate.memory.port import TranslationMemory


def aids_for(
    request: TargetsRequest,
    settings: Settings,
    open_memory: Callable[[], TranslationMemory | None],
) -> Aids:
    """The aids of one request.

    Args:
        request: Names glossaries, and says whether memory is wanted.
        settings: Name those of every title.
        open_memory: Called when memory is wanted; None where nothing was ever approved.

    Raises:
        UsageError: a glossary cannot be read from disk.
        FormatError: it is no glossary, or has faults.
        ReviewDatabaseError: the memory does not answer.
    """
    glossary = show_glossary(request, settings)
    return Aids(
        glossary=ShowGlossary(glossary) if glossary.terms else None,
        memory=open_memory() if request.memory else None,
    )
