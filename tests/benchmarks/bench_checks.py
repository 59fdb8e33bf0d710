"""How long the checks take: two hours of cues, alone and beside their source.

    .venv/bin/python tests/benchmarks/bench_checks.py

Prints processor seconds, best of several runs. The last line is a fixed piece of work for scale:
about 2 ms where nothing else runs.
"""

import time
from collections.abc import Callable
from fractions import Fraction

from subtitles.checks.track import check_track
from subtitles.cues import Cue, CueTrack
from subtitles.language import parse_language
from subtitles.picture import Picture
from subtitles.signature import EngineSignature
from subtitles.span import Span, ms_from_frames
from subtitles.style.profile import load_profile

CUES = 2500
RUNS = 9
RATE = Fraction(24000, 1001)
STEP_FRAMES, SHOWN_FRAMES, SAID_FRAMES, SHOT_FRAMES = 69, 67, 60, 110
TEXTS = {
    "en": (
        "I never thought that we would\nsee London again, Mr. Holmes.",
        "And yet here we are.",
        "Twenty years have gone by,\nand nothing has changed at all.",
        "What do you want from me?",
        "-Did you bring the letter?\n-It is in my pocket, sir.",
    ),
    "pt-BR": (
        "Nunca pensei que voltaríamos\na ver Londres, Sr. Holmes.",
        "E, no entanto, cá estamos.",
        "Vinte anos se passaram,\ne nada mudou, nada mesmo.",
        "O que você quer de mim?",
        "- Trouxe a carta?\n- Está no meu bolso, senhor.",
    ),
}


def made_track(tag: str) -> CueTrack:
    """Two hours of cues on the frame grid, two frames apart."""
    cues = []
    for number in range(CUES):
        start = number * STEP_FRAMES
        said = Span(ms_from_frames(start, RATE), ms_from_frames(start + SAID_FRAMES, RATE))
        cues.append(
            Cue(
                cue_id=f"{tag}{number}",
                span=Span(said.start_ms, ms_from_frames(start + SHOWN_FRAMES, RATE)),
                lines=tuple(TEXTS[tag][number % len(TEXTS[tag])].split("\n")),
                source_cue_ids=() if tag == "en" else (f"en{number}",),
                speech=said,
            )
        )
    signature = EngineSignature(engine="bench", engine_version="1")
    return CueTrack(
        media_id="bench", language=parse_language(tag), cues=tuple(cues), made_by=signature
    )


def best_seconds(work: Callable[[], object]) -> float:
    """Processor time of the fastest run."""
    times = []
    for _ in range(RUNS):
        started = time.process_time()
        work()
        times.append(time.process_time() - started)
    return min(times)


def main() -> None:
    """Measure and print."""
    frames = range(SHOT_FRAMES, CUES * STEP_FRAMES, SHOT_FRAMES)
    picture = Picture(
        frame_rate=RATE,
        duration_ms=ms_from_frames(CUES * STEP_FRAMES, RATE),
        shot_changes_ms=tuple(ms_from_frames(frame, RATE) for frame in frames),
    )
    source, target = made_track("en"), made_track("pt-BR")
    english, portuguese = load_profile(source.language), load_profile(target.language)

    def check_source() -> int:
        return len(check_track(source, english, picture=picture))

    def check_target() -> int:
        return len(check_track(target, portuguese, picture=picture, source=source))

    for name, work in (("source", check_source), ("target beside its source", check_target)):
        print(f"{name}: {CUES} cues, {work()} findings, {best_seconds(work):.3f} s")
    print(f"for scale: {1000 * best_seconds(lambda: sum(range(100_000))):.1f} ms")


if __name__ == "__main__":
    main()
