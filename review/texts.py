"""What people may write into the database: cue texts, reasons, names; checked here and only here.

Cue text is hostile input. What is repaired is named in each docstring; the rest is refused.
"""

import re
import unicodedata

from review.errors import InvalidEditError
from review.store import MAX_CUE_TEXT_CHARS

MAX_REASON_CHARS = 1000
"""Longest reason accepted with a decision: a paragraph, not an essay."""

MAX_COMMENT_CHARS = 2000
"""Longest comment accepted: room for a discussion of one line, not for a style guide."""

MAX_NAME_CHARS = 80
"""Longest name of a person; longer ones do not fit the form."""

# Everything that some program takes for a line end (CR LF, CR, NEL, LINE and PARAGRAPH SEPARATOR).
_LINE_ENDS = re.compile("\r\n|[\r\u0085\u2028\u2029]")

# LEFT-TO-RIGHT and RIGHT-TO-LEFT OVERRIDE make text read as something else than it says. The marks,
# embeddings and isolates that Arabic and Hebrew subtitles need are left alone.
_BIDI_OVERRIDES = frozenset("\u202d\u202e")

# NUL (PostgreSQL has none) and lone surrogates (no UTF-8; file names that are not UTF-8 hold them).
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")

# Unicode's general categories of separators, controls, format characters and surrogates.
_INVISIBLE = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf", "Cs"})


def clean_cue_text(text: str) -> str:
    """The text as it is stored: NFC, rows ended by LF, no space at the end of a row.

    Raises:
        InvalidEditError: when nothing visible is left, a row is blank, it is longer than
            `MAX_CUE_TEXT_CHARS`, or it holds a control character or a bidi override.
    """
    if len(text) > 4 * MAX_CUE_TEXT_CHARS:  # before any work is spent on it
        raise _too_long("a cue", MAX_CUE_TEXT_CHARS)
    rows = [row.rstrip() for row in _unified(text, "the text").split("\n")]
    cleaned = "\n".join(rows).rstrip("\n")
    if not _is_visible(cleaned):
        raise InvalidEditError("a cue cannot be blank: write its text, or take the old one back")
    if not all(_is_visible(row) for row in cleaned.split("\n")):
        raise InvalidEditError("a row is blank: remove it, since it would end the subtitle")
    if len(cleaned) > MAX_CUE_TEXT_CHARS:
        raise _too_long("a cue", MAX_CUE_TEXT_CHARS)
    return cleaned


def clean_reason(text: str) -> str:
    """A reason as it is stored: NFC, LF line ends, stripped.

    Raises:
        InvalidEditError: when it is blank, too long, or holds a control character.
    """
    cleaned = _clean_paragraphs(text, "a reason", MAX_REASON_CHARS)
    if not _is_visible(cleaned):
        raise InvalidEditError("give a reason: the next person needs to know what to change")
    return cleaned


def clean_comment(text: str) -> str:
    """A comment as it is stored: NFC, LF line ends, stripped.

    Raises:
        InvalidEditError: when it is blank, too long, or holds a control character.
    """
    cleaned = _clean_paragraphs(text, "a comment", MAX_COMMENT_CHARS)
    if not _is_visible(cleaned):
        raise InvalidEditError("a comment needs words")
    return cleaned


def clean_name(text: str) -> str:
    """A person's name as it is shown: NFC, single spaces, stripped.

    Raises:
        InvalidEditError: when it is blank, too long, or holds a control character or line end.
    """
    if len(text) > 4 * MAX_NAME_CHARS:
        raise _too_long("a name", MAX_NAME_CHARS)
    unified = _unified(text, "the name")
    if "\n" in unified:
        raise InvalidEditError("a name is one line")
    cleaned = " ".join(unified.split())
    if not _is_visible(cleaned):
        raise InvalidEditError("a person needs a name")
    if len(cleaned) > MAX_NAME_CHARS:
        raise _too_long("a name", MAX_NAME_CHARS)
    return cleaned


def name_key(name: str) -> str:
    """What names are compared by: NFKC and case folded, so that look-alikes are the same name."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return " ".join(unicodedata.normalize("NFKC", folded).split())


def is_storable(text: str) -> bool:
    """Whether a database can keep it, and so can be asked for it."""
    return _UNSTORABLE.search(text) is None


def require_storable(what: str, text: str) -> None:
    """Refuse what a database cannot keep.

    Raises:
        InvalidEditError: naming ``what`` holds the character.
    """
    found = _UNSTORABLE.search(text)
    if found is not None:
        raise InvalidEditError(
            f"{what} holds the character U+{ord(found[0]):04X}, which cannot be stored"
        )


def _clean_paragraphs(text: str, what: str, limit: int) -> str:
    if len(text) > 4 * limit:  # before any work is spent on it
        raise _too_long(what, limit)
    cleaned = _unified(text, what).strip()
    if len(cleaned) > limit:
        raise _too_long(what, limit)
    return cleaned


def _unified(text: str, what: str) -> str:
    """NFC with LF line ends; anything that controls instead of being read is refused."""
    unified = _LINE_ENDS.sub("\n", text)
    for character in unified:
        if character in _BIDI_OVERRIDES or (
            character != "\n" and unicodedata.category(character) in {"Cc", "Cs"}
        ):
            name = unicodedata.name(character, "a control character")
            raise InvalidEditError(
                f"{what} holds U+{ord(character):04X} ({name.lower()}): take it out"
            )
    return unicodedata.normalize("NFC", unified)


def _is_visible(text: str) -> bool:
    """Whether anything would be seen: not only spaces, joiners and other formatting."""
    return any(unicodedata.category(character) not in _INVISIBLE for character in text)


def _too_long(what: str, limit: int) -> InvalidEditError:
    return InvalidEditError(f"{what} may have {limit} characters at most: shorten it")
