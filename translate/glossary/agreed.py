"""What was agreed for a word of a sentence: all it takes to look for it in a translation."""

from dataclasses import dataclass

from translate.glossary.terms import CaseRule


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreedTerm:
    """A word of the show as it was said, and how it may be rendered in one language.

    Attributes:
        said: As it stands in the source sentence.
        forms: What it may be rendered as, the preferred way first; never empty.
        case: How capitals count.
        is_fixed: Whether it stays letter for letter.
    """

    said: str
    forms: tuple[str, ...]
    case: CaseRule = CaseRule.ANY
    is_fixed: bool = False
