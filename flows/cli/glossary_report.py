"""What ``polycue glossary`` does."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from flows.files import write_atomically
from flows.glossary_files import glossary_bytes, glossary_from
from flows.names import expected_words
from subtitles.language import LanguageTag
from translate.glossary.faults import MalformedGlossaryError
from translate.glossary.files import inspected, read_glossary, write_glossary
from translate.glossary.glossary import Glossary, glossary_of
from translate.glossary.heard import heard_words
from translate.glossary.terms import TermKind, TermStatus


def checked_lines(file: Path, language: LanguageTag | None) -> Iterator[str]:
    """Lines for people: every fault, or what is in the glossary.

    Raises:
        MalformedGlossaryError: after the last fault.
        UsageError: the file cannot be read from disk.
    """
    found = inspected(glossary_bytes(file), file.name, language)
    if found.faults:
        yield from (f"{file.name}, {fault}" for fault in found.faults)
        raise MalformedGlossaryError(file.name, tuple(map(str, found.faults)))
    yield from _contents(file, glossary_of(entry.term for entry in found.entries))


def convert_glossary(source: Path, target: Path, language: LanguageTag | None) -> str:
    """Write the glossary in the format that the target's name ends in; returns what was done.

    Raises:
        FormatError: the source has faults, or the target's format cannot hold it.
        UsageError: the source cannot be read from disk.
        CannotWriteError: the target cannot be written.
    """
    glossary = glossary_from((source,), language)
    data = write_glossary(glossary, target.name)
    if read_glossary(data, target.name) != glossary:
        raise MalformedGlossaryError(target.name, ("line 1: what was written reads otherwise",))
    write_atomically(target, data)
    return f"{target}: {len(glossary.terms)} terms, read back and compared"


def _contents(file: Path, glossary: Glossary) -> Iterator[str]:
    kinds = Counter(term.kind for term in glossary.terms)
    listed = ", ".join(f"{kinds[kind]} {kind}" for kind in TermKind if kinds[kind])
    yield f"{file.name}: {len(glossary.terms)} terms" + (f" ({listed})" if listed else "")
    waiting = [one for one in glossary.terms if one.status is not TermStatus.APPROVED]
    if waiting:
        yield f"not approved, and so neither enforced nor verified: {len(waiting)}"
    rendered = Counter(one.language for term in glossary.terms for one in term.wordings)
    for language in sorted(rendered):
        yield f"{language}: {rendered[language]} rendered"
    expected = expected_words((), heard_words(glossary, None))
    if expected.left_out:
        count = len(expected.words)
        yield f"{count} of {len(glossary.terms)} words are listened for: there is no room for more"
