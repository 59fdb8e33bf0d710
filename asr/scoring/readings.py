"""How two texts are read before they are compared: what counts as a difference (pure)."""

import unicodedata
from enum import StrEnum

from asr.scoring.whisper_normalizer import normalized
from subtitles.language import LanguageTag, is_unspaced

_APOSTROPHES = str.maketrans("’ʼ＇", "'''")


class Reading(StrEnum):
    """What counts as an error."""

    VERBATIM = "verbatim"
    """Everything: case and punctuation, too."""
    PLAIN = "plain"
    """Words alone: "Mr. Smith's" is "mr smith's", "five" is not "5"."""
    NORMALISED = "normalised"
    """As Whisper's own figures are made: "Mr" is "mister", "five" is "5", "we're" is "we are".

    English only; in other languages its basic normaliser drops case, punctuation and, in scripts
    that have them, vowel signs.
    """


def tokens(text: str, *, reading: Reading, language: LanguageTag) -> tuple[str, ...]:
    """What is compared, without white space: words, or characters where words have no spaces."""
    read = _read(text, reading, language)
    if is_unspaced(language):
        return tuple(character for character in read if not character.isspace())
    return tuple(read.split())


def _read(text: str, reading: Reading, language: LanguageTag) -> str:
    match reading:
        case Reading.VERBATIM:
            return unicodedata.normalize("NFC", text)
        case Reading.PLAIN:
            return _plain(text)
        case Reading.NORMALISED:
            # Whisper's normaliser knows the typewriter's apostrophe only.
            return normalized(text.translate(_APOSTROPHES), language)


def _plain(text: str) -> str:
    """Lower case, letters, marks, digits and the apostrophes inside words."""
    folded = unicodedata.normalize("NFKC", text).translate(_APOSTROPHES).lower()
    kept = "".join(
        character if character == "'" or unicodedata.category(character)[0] in "LMN" else " "
        for character in folded
    )
    return " ".join(bare for word in kept.split() if (bare := word.strip("'")))
