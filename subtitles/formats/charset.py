"""Bytes to text: the encoding of a subtitle file, and how it was found out.

A byte order mark, valid UTF-8 and the zero bytes of UTF-16 are certain. Everything else is a guess
among the encodings that subtitle files come in, made by charset-normalizer on the lines that are
not plain ASCII, unless the language leaves only one.
"""

import codecs
import re
from dataclasses import dataclass

import charset_normalizer

from subtitles.formats.document import Notes
from subtitles.formats.malformed import UndecodableTextError
from subtitles.language import LanguageTag, base_language

_SAMPLE_BYTES = 32_768
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BY_LANGUAGE = {
    **dict.fromkeys(("pl", "cs", "sk", "hu", "ro", "hr", "sl", "bs"), ("cp1250", "iso8859_2")),
    **dict.fromkeys(("ru", "uk", "bg", "be", "mk"), ("cp1251", "koi8_r", "cp866", "iso8859_5")),
    **dict.fromkeys(("ar", "fa", "ur"), ("cp1256", "iso8859_6")),
    "sr": ("cp1250", "cp1251"),
    "el": ("cp1253", "iso8859_7"),
    "tr": ("cp1254", "iso8859_9"),
    "he": ("cp1255", "iso8859_8"),
    "vi": ("cp1258",),
    "th": ("cp874",),
    "ja": ("cp932", "euc_jp"),
    "ko": ("cp949",),
    "zh": ("gb18030", "big5hkscs"),
}
_WESTERN = ("cp1252",)
_ALL = tuple(dict.fromkeys(name for names in _BY_LANGUAGE.values() for name in names)) + _WESTERN
# Where charset-normalizer errs on short texts: letters that another encoding does not give by
# chance. Western European ones without those that stand for Czech, Turkish and Polish letters.
_TYPICAL = (
    ("cp932", re.compile("[ぁ-ヿ一-鿿、。「」『』！？　…―・ー～]")),
    (
        "cp1252",
        re.compile(
            "[ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÖØÙÚÛÜàáâãäåæçèéêëìíîïñòóôöøùúûüœŒß¿¡«»‘’“”„…–—ªº°€\u00a0]"
        ),
    ),
    ("cp1254", re.compile("[ÇçĞğİıÖöŞşÜüÂâÎîÛû‘’“”…–—\u00a0]")),
)
_TYPICAL_SHARE = 1.0
_SOUND_PER_BROKEN = 20
_NAMES = {
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "utf-32": "UTF-32",
    "utf-8": "UTF-8",
    "utf-16-le": "UTF-16 little-endian",
    "utf-16-be": "UTF-16 big-endian",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DecodedText:
    """Text, the encoding it was in, and how that is known."""

    text: str
    encoding: str
    how: str

    def __str__(self) -> str:
        return f"{self.encoding} ({self.how})"


def decode_bytes(
    data: bytes,
    notes: Notes,
    *,
    encoding: str | None = None,
    language: LanguageTag | None = None,
    repair: bool = False,
) -> DecodedText:
    """The text of a file.

    With ``encoding`` nothing is guessed. With ``repair``, bytes that are no text in the encoding
    become U+FFFD, noted as repairs.

    Raises:
        UndecodableTextError: bytes that are no text in the encoding; an encoding nobody knows.
    """
    codec, how = (encoding, "as told") if encoding else _found(data, language)
    try:
        codecs.lookup(codec)
    except (LookupError, ValueError) as error:
        raise UndecodableTextError(codec, 1) from error
    name = _NAMES.get(codec, codec)
    try:
        return DecodedText(text=data.decode(codec), encoding=name, how=how)
    except (UnicodeDecodeError, LookupError) as error:
        at = error.start if isinstance(error, UnicodeDecodeError) else 0
        line = data.count(b"\n", 0, at) + 1
        if not repair or not isinstance(error, UnicodeDecodeError):
            raise UndecodableTextError(name, line) from error
        broken = data[at : at + 8].hex(" ")
        text = data.decode(codec, "replace")
        what = f"bytes that are no {name} become U+FFFD ({text.count(chr(0xFFFD))} characters)"
        notes.repair(line, what, broken, "\ufffd")
        return DecodedText(text=text, encoding=name, how=how)


def _found(data: bytes, language: LanguageTag | None) -> tuple[str, str]:
    """A codec, and how it was found."""
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return codec, "byte order mark"
    zeros = _utf16_by_zeros(data[:_SAMPLE_BYTES])
    if zeros:
        return zeros, "by its zero bytes"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        # One broken sequence in a long file that is otherwise UTF-8 with many: still UTF-8.
        if _mostly_utf8(data):
            return "utf-8", f"but for byte {error.start}"
        return _guessed(data, language)
    return "utf-8", "valid throughout"


def _utf16_by_zeros(sample: bytes) -> str:
    """Latin text in UTF-16 has a zero in nearly every second byte."""
    half = len(sample) // 2
    if half < len("1\n00"):
        return ""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > half // 4 and even < half // 50:
        return "utf-16-le"
    return "utf-16-be" if even > half // 4 and odd < half // 50 else ""


def _mostly_utf8(data: bytes) -> bool:
    """Whether all but one of twenty characters beyond ASCII are sound UTF-8."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    beyond = len(text) - len(text.encode("ascii", "ignore"))
    return beyond > _SOUND_PER_BROKEN * broken


def _guessed(data: bytes, language: LanguageTag | None) -> tuple[str, str]:
    sample = _telling_lines(data)
    named = () if language is None else _BY_LANGUAGE.get(base_language(language), _WESTERN)
    fitting = [codec for codec in named or _ALL if _decodes(sample, codec)]
    if named and len(fitting) == 1:
        return fitting[0], f"guessed from the language {language}"
    for codec, letters in _TYPICAL:
        if codec in fitting and _looks_like(sample.decode(codec), letters):
            return codec, "guessed by its letters"
    best = charset_normalizer.from_bytes(
        sample, cp_isolation=list(named or _ALL), enable_fallback=False
    ).best()
    if best is None:
        return (fitting or list(_WESTERN))[0], "guessed: nothing else fits"
    return best.encoding, f"guessed, {100 * (1 - best.chaos):.0f} % likely"


def _looks_like(text: str, letters: re.Pattern[str]) -> bool:
    """Whether nearly every character beyond ASCII is one of these letters."""
    beyond = [char for char in text if not char.isascii()]
    typical = sum(1 for char in beyond if letters.match(char))
    return bool(beyond) and typical >= _TYPICAL_SHARE * len(beyond)


def _decodes(data: bytes, codec: str) -> bool:
    try:
        data.decode(codec)
    except UnicodeDecodeError:
        return False
    return True


def _telling_lines(data: bytes) -> bytes:
    """Lines with bytes beyond ASCII: numbers and times say nothing about the encoding."""
    lines: list[bytes] = []
    length = 0
    for line in data[: 64 * _SAMPLE_BYTES].splitlines():
        if not line.isascii():
            lines.append(line)
            length += len(line)
            if length > _SAMPLE_BYTES:
                break
    return b"\n".join(lines)[: 2 * _SAMPLE_BYTES]
