"""What of the aids can change one track's translation, as a digest for its cache key."""

import hashlib

from subtitles.cues import CueTrack
from subtitles.language import LanguageTag
from translate.aids import Aids
from translate.lines import lines_of
from translate.translator import LanguagePair


def aid_digest(aids: Aids, track: CueTrack, target: LanguageTag) -> str:
    """Digest of the show's words that stand in the track, and of what memory has for its lines.

    A word that nobody says in it, or a translation of something else, changes nothing. Empty where
    the aids have nothing for this track, so that it keeps the key it has without them.

    Args:
        aids: The show's words and what was approved before.
        track: The source track.
        target: Into which language.
    """
    parts: list[str] = []
    if aids.glossary is not None:
        parts.append(aids.glossary.digest_for(track, target))
    if aids.memory is not None:
        pair = LanguagePair(track.language, target)
        lines = lines_of(track, aids.memory, pair, in_context=True)
        parts += [repr(line.hits) for line in lines if line.hits]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest() if any(parts) else ""
