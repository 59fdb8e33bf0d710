"""Which audio stream of a title is listened to, and why (pure).

What a container calls its default is often a dub, a commentary or a description for the blind.
"""

import re
import unicodedata
from dataclasses import dataclass

from asr.errors import NoAudioError, NoSuchAudioStreamError
from asr.media import AudioStream, MediaAsset, StreamRole
from subtitles.language import LanguageTag, same_language

# Words in titles of streams, folded by `_folded`, in the languages of the discs and broadcasts
# that use them. A word counts wherever it begins a word, so that inflected forms count too.
_WORDS: dict[StreamRole, tuple[str, ...]] = {
    StreamRole.COMMENTARY: (
        "comment", "kommentar", "kommentti", "kommentaar", "komentar", "komentarz", "coment",
        "yorum", "комментари", "коментар", "コメンタリ", "解説", "评论", "評論", "코멘터리", "해설",
    ),
    StreamRole.AUDIO_DESCRIPTION: (
        "audio desc", "audiodesc", "descriptive", "described", "description", "descripcion",
        "descricao", "audiodeskription", "audiobeschr", "horfilm", "hoerfilm", "syntolkning",
        "synstolk", "kuvailutulk", "audiodeskrypcja", "sesli betimleme", "тифлокомментари",
        "visually impaired", "malvoyant", "aveugle", "音声ガイド", "音声解説", "화면해설",
        "口述影像",
    ),
    StreamRole.HEARING_IMPAIRED: (
        "hearing impaired", "hard of hearing", "malentendant", "horgeschadigt", "enhanced dialog",
        "clear dialog", "dialogue enhanc", "klare sprache",
    ),
    StreamRole.KARAOKE: ("karaoke", "sing along", "singalong", "караоке", "カラオケ", "노래방"),
    StreamRole.NO_DIALOGUE: (
        "music and effects", "music & effects", "m&e", "isolated score", "score only",
        "music only", "instrumental", "international track", "filmmusik", "musique seule",
    ),
}  # fmt: skip
# "hi" and "vi" are not among them: they also stand for Hindi and Vietnamese.
_WHOLE_WORDS: dict[StreamRole, frozenset[str]] = {
    StreamRole.AUDIO_DESCRIPTION: frozenset({"ad", "dvs"}),
    StreamRole.HEARING_IMPAIRED: frozenset({"hoh", "sdh"}),
}
_ORIGINAL_WORDS = ("original", "originale", "originalton", "оригинал", "オリジナル", "原版", "원어")
_TOLD = {
    StreamRole.COMMENTARY: "a commentary",
    StreamRole.AUDIO_DESCRIPTION: "a description for the blind",
    StreamRole.HEARING_IMPAIRED: "a mix for the hard of hearing",
    StreamRole.KARAOKE: "karaoke",
    StreamRole.NO_DIALOGUE: "without dialogue",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamChoice:
    """A stream and the reason for it.

    Attributes:
        stream: The one to listen to.
        why: A clause for people, such as ``it is the only one in en``.
        is_certain: A person named it, or there is no other.
    """

    stream: AudioStream
    why: str
    is_certain: bool


def stream_choice(
    asset: MediaAsset, index: int | None, *, language: LanguageTag | None = None
) -> StreamChoice:
    """The stream a person named, else the one that most likely holds the title's own dialogue.

    In this order: not a commentary, a description for the blind, a mix for the hard of hearing,
    karaoke or sound without dialogue; tagged with the wanted language (or not tagged, rather than
    another); called the original; called the default; the first.

    Args:
        asset: The title.
        index: The number a person named.
        language: What is spoken, when a person said so.

    Raises:
        NoAudioError: when there is no audio at all.
        NoSuchAudioStreamError: when ``index`` is not one of them; lists those that exist.
    """
    streams = asset.audio_streams
    if not streams:
        raise NoAudioError(asset.path)
    if index is not None:
        for stream in streams:
            if stream.index == index:
                return StreamChoice(stream=stream, why="it was asked for", is_certain=True)
        raise NoSuchAudioStreamError(asset.path, index, ", ".join(map(_listed, streams)))
    if len(streams) == 1:
        return StreamChoice(stream=streams[0], why="there is no other", is_certain=True)
    best = min(streams, key=lambda stream: (*_merits(stream, language), stream.index))
    return StreamChoice(stream=best, why=_why(best, streams, language), is_certain=False)


def roles_of(stream: AudioStream) -> frozenset[StreamRole]:
    """What a stream is for: as flagged in the container, and as its title says."""
    title = _folded(stream.title)
    words = set(re.split(r"[^\w&]+", title))
    named = {role for role, starts in _WORDS.items() if any(_begins(title, s) for s in starts)}
    named |= {role for role, whole in _WHOLE_WORDS.items() if whole & words}
    if StreamRole.AUDIO_DESCRIPTION in named:
        # "Audio commentary for the blind" is no talk about the film.
        named.discard(StreamRole.COMMENTARY)
    if any(_begins(title, word) for word in _ORIGINAL_WORDS):
        named.add(StreamRole.ORIGINAL)
    return stream.roles | named


def _merits(stream: AudioStream, language: LanguageTag | None) -> tuple[bool, int, bool, bool]:
    """False and 0 are best, the first counts most."""
    roles = roles_of(stream)
    is_original = StreamRole.ORIGINAL in roles and StreamRole.DUB not in roles
    return (
        bool(roles & _TOLD.keys()),
        _strangeness(stream, language),
        not is_original,
        not stream.is_default,
    )


def _strangeness(stream: AudioStream, language: LanguageTag | None) -> int:
    if language is None:
        return 0
    if stream.language is None:
        return 1
    return 0 if same_language(stream.language, language) else 2


def _why(best: AudioStream, streams: tuple[AudioStream, ...], language: LanguageTag | None) -> str:
    merits = _merits(best, language)
    level = max(
        (_first_difference(merits, _merits(other, language)) for other in streams if other != best),
    )
    passed_over = next((s for s in streams if s.is_default and s != best), None)
    shunned = sorted(roles_of(passed_over) & _TOLD.keys()) if passed_over else []
    if shunned and passed_over and not merits[0]:
        return f"the container's default, {passed_over.index}, is {_TOLD[shunned[0]]}"
    reasons = (
        "all others are for other listeners",
        f"it is the one in {language}" if merits[1] == 0 else "no other may be in that language",
        "it is called the original",
        "it is the container's default",
        "it is the first",
    )
    return reasons[level]


def _first_difference(one: tuple[object, ...], other: tuple[object, ...]) -> int:
    pairs = enumerate(zip(one, other, strict=True))
    return next((level for level, (a, b) in pairs if a != b), len(one))


def _folded(title: str) -> str:
    """Lower case, without accents on Latin letters and without full-width forms."""
    parts = unicodedata.normalize("NFKD", title[:200].casefold())
    return unicodedata.normalize("NFC", "".join(c for c in parts if not _is_accent(c)))


def _is_accent(character: str) -> bool:
    return "\u0300" <= character <= "\u036f"


def _begins(title: str, word: str) -> bool:
    if word.isascii() or not _is_spaceless(word):
        return re.search(rf"(?<!\w){re.escape(word)}", title) is not None
    return word in title


def _is_spaceless(word: str) -> bool:
    """Whether the script writes words without spaces between them, or glues them to others."""
    return word[0] >= "\u2e80"


def _listed(stream: AudioStream) -> str:
    details = [str(stream.language)] if stream.language else []
    details += [repr(stream.title[:40])] if stream.title else []
    return f"{stream.index} ({', '.join([*details, f'{stream.channels} channels'])})"
