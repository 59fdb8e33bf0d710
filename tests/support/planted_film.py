"""A film made of known parts: speech, quiet and whispered speech, music, noise and silence.

What should be heard in it is known to the millisecond, so that inventions and omissions can be
counted. Quiet speech is real speech 25 to 45 dB under the other speech; whispered speech is made
from real speech (`planted_sounds.whispered`). Everything lies over the tone of a quiet room.
"""

import re
import wave
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from pathlib import Path

import av
import numpy as np
from planted_sounds import (
    RATE_HZ,
    Samples,
    clicks,
    hum,
    level_db,
    music,
    room_tone,
    whispered,
    white_noise,
)

from subtitles.doubts import INVENTED, DoubtfulSpan
from subtitles.formats.srt import SrtFormat
from subtitles.span import Span
from subtitles.words import Word

SPEECH_DBFS = -20.0
ROOM_DBFS = -75.0
QUIET_DB = (-25.0, -30.0, -35.0, -40.0, -45.0)
"""Levels of quiet speech, relative to the other speech."""

WHISPER_DB = (-10.0, -20.0)
"""Levels of whispered speech, relative to the other speech."""

_GAP_MS = 1500
_NEAR_MS = 500
_SEED = 20


class PlantedKind(StrEnum):
    """What a part of the film is."""

    SPEECH = "speech"
    QUIET = "quiet"
    WHISPER = "whisper"
    SILENCE = "silence"
    SOUND = "sound"


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """One part: where it lies, what it is, and what is said in it."""

    span: Span
    kind: PlantedKind
    name: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlantedFilm:
    """A WAV and the truth about it."""

    path: Path
    parts: tuple[Planted, ...]
    duration_ms: int

    @property
    def spoken(self) -> tuple[Planted, ...]:
        """Parts in which somebody speaks."""
        return tuple(part for part in self.parts if part.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlantedScore:
    """What a recogniser made of the film.

    Attributes:
        invented: Words where nobody speaks, flagged or not.
        unflagged: Those that carry no doubt and lie in no doubtful stretch.
        soft: Quiet and whispered parts.
        recognised: Of them, those of which most words were heard.
        flagged: Of the rest, those that somebody is told to listen to.
        lost: Names of the rest of the rest.
        false_flags_ms: Length of stretches said to be missed where nobody speaks.
        false_flags: How many.
    """

    invented: tuple[str, ...]
    unflagged: tuple[str, ...]
    soft: int
    recognised: int
    flagged: int
    lost: tuple[str, ...]
    false_flags_ms: int
    false_flags: int

    @property
    def soft_share(self) -> float:
        """Share of the quiet and whispered parts that is recognised or flagged."""
        return (self.recognised + self.flagged) / self.soft if self.soft else 1.0


def make_planted_film(
    path: Path,
    recordings: Sequence[tuple[Path, Path]],
    *,
    sounds: Sequence[Path] = (),
    soft: int = 10,
    loud: int = 4,
) -> PlantedFilm:
    """Write the film; the same input gives the same bytes.

    Args:
        path: Of the WAV to write.
        recordings: Media with SubRip files that say what is said in them, and when.
        sounds: Recordings in which nobody speaks, used beside the constructed sounds.
        soft: Quiet and whispered sentences.
        loud: Sentences at the usual level.
    """
    rng = np.random.default_rng(_SEED)
    sentences = list(_sentences(recordings))
    chosen = [sentences[index * len(sentences) // (soft + loud)] for index in range(soft + loud)]
    script = _interleaved(
        [_voiced(part, index, rng, loud) for index, part in enumerate(chosen)],
        _still(rng, sounds),
    )
    pieces: list[Samples] = []
    parts: list[Planted] = []
    at = 0
    for name, kind, text, samples in script:
        gap = room_tone(RATE_HZ * _GAP_MS // 1000, rng, dbfs=ROOM_DBFS)
        at += len(gap)
        span = Span(at * 1000 // RATE_HZ, (at + len(samples)) * 1000 // RATE_HZ)
        parts.append(Planted(span=span, kind=kind, name=name, text=text))
        pieces += [gap, samples]
        at += len(samples)
    _write(path, np.concatenate(pieces))
    return PlantedFilm(path=path, parts=tuple(parts), duration_ms=at * 1000 // RATE_HZ)


def score(film: PlantedFilm, words: Sequence[Word], doubts: Sequence[DoubtfulSpan]) -> PlantedScore:
    """Compare what was recognised with what is in the film."""
    invented = [word for word in words if not _near(word.span, film.spoken)]
    suspect = [one.span for one in doubts if INVENTED & set(one.doubts)]
    unflagged = [
        word
        for word in invented
        if not INVENTED & set(word.doubts) and not any(word.span.overlap_ms(s) for s in suspect)
    ]
    soft = [one for one in film.parts if one.kind in {PlantedKind.QUIET, PlantedKind.WHISPER}]
    unheard = [one for one in soft if not _is_heard(one, words)]
    marked = [one.span for one in doubts] + [word.span for word in words if word.doubts]
    lost = [one for one in unheard if not any(one.span.overlap_ms(span) for span in marked)]
    false = [one for one in doubts if not INVENTED & set(one.doubts) and _is_false(one, film)]
    return PlantedScore(
        invented=tuple(word.text for word in invented),
        unflagged=tuple(word.text for word in unflagged),
        soft=len(soft),
        recognised=len(soft) - len(unheard),
        flagged=len(unheard) - len(lost),
        lost=tuple(one.name for one in lost),
        false_flags_ms=sum(one.span.duration_ms for one in false),
        false_flags=len(false),
    )


def _near(span: Span, spoken: Sequence[Planted]) -> bool:
    near = Span(max(0, span.start_ms - _NEAR_MS), span.end_ms + _NEAR_MS)
    return any(near.overlap_ms(part.span) for part in spoken)


def _is_false(doubt: DoubtfulSpan, film: PlantedFilm) -> bool:
    return not _near(doubt.span, film.spoken)


def _is_heard(part: Planted, words: Sequence[Word]) -> bool:
    """Whether at least half of the words of a part were recognised there, in their order."""
    said = _plain(part.text)
    heard = _plain("".join(word.text for word in words if word.span.overlap_ms(part.span)))
    matches = SequenceMatcher(None, said, heard, autojunk=False).get_matching_blocks()
    return 2 * sum(match.size for match in matches) >= len(said)


def _plain(text: str) -> list[str]:
    return re.findall(r"[\w']+", text.casefold())


Piece = tuple[str, PlantedKind, str, Samples]


def _voiced(
    sentence: tuple[str, Samples], index: int, rng: np.random.Generator, loud: int
) -> Piece:
    text, spoken = sentence
    level = SPEECH_DBFS - level_db(spoken)
    if index < loud:
        return f"speech {index}", PlantedKind.SPEECH, text, _mixed(spoken, level, rng)
    manners = [(db, PlantedKind.QUIET) for db in QUIET_DB]
    manners += [(db, PlantedKind.WHISPER) for db in WHISPER_DB]
    db, kind = manners[(index - loud) % len(manners)]
    voice = whispered(spoken, rng) if kind is PlantedKind.WHISPER else spoken
    return f"{kind} {db:.0f} dB", kind, text, _mixed(voice, level + db, rng)


def _mixed(voice: Samples, gain_db: float, rng: np.random.Generator) -> Samples:
    room = room_tone(len(voice), rng, dbfs=ROOM_DBFS)
    return np.clip(voice * np.float32(10 ** (gain_db / 20)) + room, -1, 1).astype(np.float32)


def _still(rng: np.random.Generator, sounds: Sequence[Path]) -> list[Piece]:
    seconds = RATE_HZ
    made: list[Piece] = [
        ("digital silence", PlantedKind.SILENCE, "", np.zeros(8 * seconds, np.float32)),
        ("music", PlantedKind.SOUND, "", music(12 * seconds, rng)),
        ("white noise", PlantedKind.SOUND, "", white_noise(6 * seconds, rng)),
        ("room", PlantedKind.SILENCE, "", room_tone(10 * seconds, rng, dbfs=-60)),
        ("hum", PlantedKind.SOUND, "", hum(6 * seconds, rng)),
        ("loud pink noise", PlantedKind.SOUND, "", room_tone(6 * seconds, rng, dbfs=-30)),
        ("clicks", PlantedKind.SOUND, "", clicks(8 * seconds, rng)),
    ]
    return made + [(path.stem, PlantedKind.SOUND, "", _decoded(path)) for path in sounds]


def _interleaved(voiced: Sequence[Piece], still: Sequence[Piece]) -> Iterator[Piece]:
    """Speech of every kind with the other parts spread evenly between."""
    order = sorted(
        [(index / len(voiced), 0, piece) for index, piece in enumerate(_shuffled(voiced))]
        + [(index / len(still), 1, piece) for index, piece in enumerate(still)],
        key=lambda one: one[:2],
    )
    return (piece for _, _, piece in order)


def _shuffled(pieces: Sequence[Piece]) -> list[Piece]:
    order = np.random.default_rng(_SEED).permutation(len(pieces))
    return [pieces[index] for index in order]


def _sentences(recordings: Sequence[tuple[Path, Path]]) -> Iterator[tuple[str, Samples]]:
    """Sentences of two to nine seconds, as loud as they are."""
    for media, reference in recordings:
        samples = _decoded(media)
        for cue in SrtFormat().decode(reference.read_text("utf-8")).document.subtitles:
            start, end = (at * RATE_HZ // 1000 for at in (cue.span.start_ms, cue.span.end_ms))
            if 2 * RATE_HZ <= end - start <= 9 * RATE_HZ:
                yield " ".join(cue.lines), samples[start:end]


def _decoded(path: Path) -> Samples:
    resampler = av.AudioResampler(format="flt", layout="mono", rate=RATE_HZ)
    with av.open(str(path)) as container:
        frames = [made for frame in container.decode(audio=0) for made in resampler.resample(frame)]
    frames += resampler.resample(None)
    return np.concatenate([frame.to_ndarray().ravel() for frame in frames]).astype(np.float32)


def _write(path: Path, samples: Samples) -> None:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes(np.round(samples * 32_767).astype("<i2").tobytes())
