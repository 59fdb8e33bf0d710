"""Real speech for the subtitle benchmark: which files, and what the recogniser hears in them."""

import gzip
import re
import wave
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from bench_recognition import Recognition

from asr.sound.av_media import probe
from subtitles.cues import Subtitle
from subtitles.formats.document import SubtitleDocument
from subtitles.formats.srt import SrtFormat
from subtitles.span import Span
from subtitles.words import Transcript

MEDIA = (".flac", ".opus", ".mp3", ".wav", ".mp4", ".mkv")


@dataclass(frozen=True)
class Clip:
    """A recording and what is said in it, when."""

    media: Path
    reference: Path
    language: str

    @property
    def cues(self):
        """The reference, a block that only holds the number of a poem left out."""
        decoded = SrtFormat().decode(self.reference.read_text("utf-8")).document.subtitles
        return tuple(cue for cue in decoded if re.search(r"[^\W\d]", " ".join(cue.lines)))


def srt_of(cues):
    """The cues as the text of a SubRip file."""
    return SrtFormat().encode(SubtitleDocument(subtitles=tuple(cues)))


@dataclass(frozen=True)
class Heard:
    """A clip as recognised: by this project, and by the engine alone, as a bare script uses it."""

    clip: Clip
    transcript: Transcript
    segments: tuple[Subtitle, ...]
    duration_ms: int


def clips_in(folder, languages):
    """Recordings with a reference in the language they are spoken in, in the order of names.

    That language is the name of the folder, or else of the only reference beside the recording.
    """
    found = []
    for media in sorted(folder.rglob("*")):
        if media.suffix not in MEDIA:
            continue
        beside = {path.suffixes[-2][1:]: path for path in media.parent.glob(f"{media.stem}.*.srt")}
        spoken = media.parent.name if media.parent.name in beside else next(iter(beside), "")
        is_sure = media.parent.name in beside or len(beside) == 1
        if is_sure and spoken in languages:
            found.append(Clip(media, beside[spoken], spoken))
    return found


def without_repeats(clips):
    """(clips of distinct words, those left out since a longer one has all of their words)."""
    kept, texts = [], {}
    by_size = sorted(clips, key=lambda clip: -sum(len(" ".join(cue.lines)) for cue in clip.cues))
    for clip in by_size:
        text = {_plain(" ".join(cue.lines)) for cue in clip.cues}
        if not any(text <= other for other in texts.values()):
            kept.append(clip)
            texts[clip] = text
    return [clip for clip in clips if clip in kept], [clip for clip in clips if clip not in kept]


# ---- voice prompts ------------------------------------------------------------------------------

_PROMPT_WORDS = 4
_PROMPT_GAPS_MS = (900, 600, 1400, 700, 1100)
_FRAME_MS = 10
# A frame is speech when it is louder than this share of the loudest one (-35 dB).
_LOUD_SHARE = 10 ** (-35 / 20)


def prompts_clip(sounds, texts, target, *, known=()):
    """Recorded prompts of a telephone system joined into one clip, with silence between.

    Args:
        sounds: Folder of the package's ``.wav`` files.
        texts: The package's list: ``name: what is said`` (gzip).
        target: Folder for the recording and its reference; nothing is done twice.
        known: Texts that other clips have already.

    """
    media, reference = target / "prompts.wav", target / "prompts.en.srt"
    clip = Clip(media, reference, "en")
    if reference.is_file():
        return clip
    target.mkdir(parents=True, exist_ok=True)
    samples, cues, rate = _joined_prompts(sounds, texts, set(map(_plain, known)))
    with wave.open(str(media), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(samples.tobytes())
    reference.write_text(srt_of(cues), "utf-8")
    return clip


def _joined_prompts(sounds, texts, taken):
    parts, cues, now, rate = [], [], 0, 8000
    with gzip.open(texts, "rt", encoding="utf-8") as lines:
        listed = [line.strip().partition(": ") for line in lines if not line.startswith(";")]
    for name, _, text in listed:
        path = sounds / f"{name}.wav"
        if len(text.split()) < _PROMPT_WORDS or _plain(text) in taken or not path.is_file():
            continue
        taken.add(_plain(text))
        with wave.open(str(path)) as file:
            sound = np.frombuffer(file.readframes(file.getnframes()), np.int16)
        gap = np.zeros(_PROMPT_GAPS_MS[len(cues) % len(_PROMPT_GAPS_MS)] * rate // 1000, np.int16)
        start, end = _loud_part(sound, rate)
        now += len(gap) * 1000 // rate
        cues.append(Subtitle(Span(now + start, now + end), (" ".join(text.split()),)))
        now += len(sound) * 1000 // rate
        parts += [gap, sound[: len(sound) * 1000 // rate * rate // 1000]]
    return np.concatenate(parts), cues, rate


def _loud_part(sound, rate):
    """First and last millisecond in which something is said."""
    size = _FRAME_MS * rate // 1000
    frames = sound[: len(sound) // size * size].reshape(-1, size).astype(np.float64)
    level = np.sqrt(np.square(frames).mean(axis=1))
    loud = np.flatnonzero(level > level.max() * _LOUD_SHARE)
    return int(loud[0]) * _FRAME_MS, (int(loud[-1]) + 1) * _FRAME_MS


def _plain(text):
    return re.sub(r"\W+", " ", text.lower()).strip()


# ---- recognition --------------------------------------------------------------------------------


def heard(clips, cache, say):
    """Every clip recognised both ways, out of the cache where it is there.

    ``say`` is told what was recognised anew.
    """
    recognition = Recognition(cache, say)
    return [
        Heard(
            clip,
            recognition.transcript(clip.media, clip.language),
            recognition.bare_segments(clip.media, clip.language),
            probe(clip.media).duration_ms,
        )
        for clip in clips
    ]
