"""What a title is translated with beside the engine: the show's words, and approved work."""

from flows.glossary_files import show_glossary
from flows.request import TargetsRequest
from flows.settings import Settings
from translate.aids import Aids
from translate.glossary.show_glossary import ShowGlossary


def aids_for(request: TargetsRequest, settings: Settings) -> Aids:
    """The aids of one request.

    Raises:
        UsageError: a glossary cannot be read from disk.
        FormatError: it is no glossary, or has faults.
    """
    glossary = show_glossary(request, settings)
    return Aids(glossary=ShowGlossary(glossary) if glossary.terms else None)
