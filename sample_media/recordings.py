"""The two samples: which recordings they come from, what is said when, and their manifest."""

import hashlib
import json
import sys
from dataclasses import dataclass
from pathlib import Path

import cutting_room
import numpy as np
import shots
from cutting_room import ReferenceCue, Samples

SOURCES = {
    "en/sense_and_sensibility_5.flac": (
        "c8710ba2a26af0a6e0c8c59bbfe1438cfb7b0b3eb413837192fd48669c50b421"
    ),
    "en/ivr_prompts_en_8k.flac": (
        "7e9fddb17bfbe47a7eed6cd491714901de990b05743158e2798b26e6544dbad7"
    ),
    "en/ivr_prompts_en_8k.en.srt": (
        "14b51c1d605a4e54e0d44a92f8a269d249cf638822f82a8a6b73d26c96174a3c"
    ),
}

LEAD_MS = 3000
"""Title card before the reading begins; also the first cut."""

READING = (
    # Starts and ends of sentences are exact: they are where the clips were joined. The two cues
    # that begin inside a sentence start at recognised word times, at a dip of the sound level, and
    # the cue before ends two frames (83 ms) earlier.
    (840, 4017, "And Mr. John Dashwood had then leisure\nto consider"),
    (4100, 7340, "how much there might be prudently\nin his power to do for them."),
    (8594, 11474, "He was not an ill-disposed young man,"),
    (12789, 17649, "unless to be rather cold hearted\nand rather selfish is to be ill-disposed."),
    (19066, 21237, "Had he married a more amiable woman,"),
    (21320, 24586, "he might have been made\nstill more respectable than he was."),
    (26141, 28981, "He might even have been made\namiable himself."),
)
"""Start and end in the recording (ms), and the words as printed in the novel's first chapter.

The transcript in the clips' package has "a more a amiable woman". Neither the novel nor Whisper
has the second "a", so it is left out here.
"""

READING_SENTENCES = ((0, 1), (2,), (3,), (4, 5), (6,))
"""Which cues make one line of the transcript."""

PROMPTS = (2, 12, 6, 19, 7, 8, 20, 22, 16, 13, 28, 32, 5, 25, 34, 11, 40)
"""Blocks of the prompt recording, in the order of the sample; each fits two lines."""

GAPS_MS = (1000, 1400, 800)
"""Silence between prompts, in turn: an even rhythm would let a test pass by luck."""

KEEP_MS = 250
"""Kept on either side of a prompt, so that no soft sound at its edges is lost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One sample for the manifest; ``facts`` are further keys of its table, in order."""

    name: str
    media: str
    duration_ms: int
    facts: tuple[tuple[str, object], ...]


def _require_sources(clips: Path) -> None:
    for name, expected in SOURCES.items():
        path = clips / name
        if not path.is_file():
            sys.exit(f"{path} is missing: --from takes the folder that build.py describes")
        if (found := hashlib.sha256(path.read_bytes()).hexdigest()) != expected:
            sys.exit(f"{path} is another recording: SHA-256 {found}, expected {expected}")


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, "utf-8", newline="\n")


def _film(clips: Path, out: Path) -> Sample:
    voice, rate_hz = cutting_room.decode_mono(clips / "en/sense_and_sensibility_5.flac")
    frames = sum(shot.frames for shot in shots.storyboard())
    duration_ms = frames * 1000 // shots.FRAMES_PER_SECOND
    tail_ms = duration_ms - LEAD_MS - len(voice) * 1000 // rate_hz
    sound = np.concatenate(
        [cutting_room.silence(LEAD_MS, rate_hz), voice, cutting_room.silence(tail_ms, rate_hz)]
    )[: duration_ms * rate_hz // 1000]
    name, title = "sense_and_sensibility", "Sense and Sensibility (from chapter 1)"
    cutting_room.encode_film(out / f"{name}.mp4", sound, rate_hz, title)
    cues = tuple(
        ReferenceCue(start_ms=start + LEAD_MS, end_ms=end + LEAD_MS, lines=tuple(text.split("\n")))
        for start, end, text in READING
    )
    _write_text(out / f"{name}.en.srt", cutting_room.srt(cues))
    words = [text.replace("\n", " ") for _, _, text in READING]
    sentences = (" ".join(words[cue] for cue in group) for group in READING_SENTENCES)
    _write_text(out / f"{name}.txt", "\n".join(sentences) + "\n")
    cuts = shots.cut_frames()
    return Sample(
        name=name,
        media=f"{name}.mp4",
        duration_ms=duration_ms,
        facts=(
            ("title", title),
            ("language", "en"),
            ("kind", "video"),
            ("width", 848),
            ("height", 480),
            ("frame_rate", f"{shots.FRAMES_PER_SECOND}/1"),
            ("frames", frames),
            ("cut_frames", list(cuts)),
            ("cut_times_ms", [round(cut * 1000 / shots.FRAMES_PER_SECOND) for cut in cuts]),
            ("shots", [shot.name for shot in shots.storyboard()]),
            ("licence", "public domain (speech and text), CC0-1.0 (pictures)"),
            ("attribution", "Jane Austen, Sense and Sensibility (1811), read for LibriVox"),
            ("source", "Debian package pocketsphinx-testdata 0.8+5prealpha+1-15"),
            ("made", "five clips joined with silence, 3 s put before; pictures drawn by shots.py"),
        ),
    )


def _menu(clips: Path, out: Path) -> Sample:
    voice, rate_hz = cutting_room.decode_mono(clips / "en/ivr_prompts_en_8k.flac")
    prompts = cutting_room.read_prompts(clips / "en/ivr_prompts_en_8k.en.srt")
    parts: list[Samples] = [cutting_room.silence(600, rate_hz)]
    cues: list[ReferenceCue] = []
    for place, number in enumerate(PROMPTS):
        start, end, text = prompts[number]
        begin, stop = ((at) * rate_hz // 1000 for at in (start - KEEP_MS, end + KEEP_MS))
        before_ms = sum(map(len, parts)) * 1000 // rate_hz
        spoken = text[:1].upper() + text[1:]
        cues.append(
            ReferenceCue(
                start_ms=before_ms + KEEP_MS,
                end_ms=before_ms + KEEP_MS + end - start,
                lines=cutting_room.balanced_lines(spoken),
            )
        )
        gap_ms = GAPS_MS[place % len(GAPS_MS)] - 2 * KEEP_MS
        parts += [voice[begin:stop], cutting_room.silence(gap_ms, rate_hz)]
    sound = np.concatenate(parts)
    name, title = "voice_menu", "A voice menu, 17 prompts"
    cutting_room.encode_flac(out / f"{name}.flac", sound, rate_hz, title)
    _write_text(out / f"{name}.en.srt", cutting_room.srt(tuple(cues)))
    _write_text(out / f"{name}.txt", "".join(" ".join(cue.lines) + "\n" for cue in cues))
    return Sample(
        name=name,
        media=f"{name}.flac",
        duration_ms=len(sound) * 1000 // rate_hz,
        facts=(
            ("title", title),
            ("language", "en"),
            ("kind", "audio"),
            ("sample_rate_hz", rate_hz),
            ("licence", "CC-BY-SA-3.0"),
            ("attribution", "Asterisk Core Sounds, voice Allison Smith, Digium, Inc."),
            ("source", "Debian package asterisk-core-sounds-en-wav 1.6.1-1"),
            ("made", "17 prompts cut out and joined with silence; first letters capitalised"),
        ),
    )


def _manifest(samples: tuple[Sample, ...], out: Path) -> str:
    lines = ["# Written by build.py: do not edit. `python sample_media/build.py --check` compares."]
    for sample in samples:
        lines += ["", "[[sample]]"]
        head = (("name", sample.name), ("media", sample.media), ("duration_ms", sample.duration_ms))
        # JSON strings, numbers and lists of these are TOML as well.
        lines += [
            f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in head + sample.facts
        ]
        for file in (sample.media, f"{sample.name}.txt", f"{sample.name}.en.srt"):
            content = (out / file).read_bytes()
            lines += [
                "",
                "[[sample.files]]",
                f'name = "{file}"',
                f"size_bytes = {len(content)}",
                f'sha256 = "{hashlib.sha256(content).hexdigest()}"',
            ]
    return "\n".join(lines) + "\n"


def build(clips: Path, out: Path) -> None:
    """Write both samples, their references and the manifest into ``out``."""
    _require_sources(clips)
    samples = (_film(clips, out), _menu(clips, out))
    _write_text(out / "manifest.toml", _manifest(samples, out))
