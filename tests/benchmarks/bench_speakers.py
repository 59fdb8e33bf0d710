"""`make bench-speakers`: who speaks when, against references.

Usage: bench_speakers.py [MEDIA], a folder. Writes its section of BENCHMARKS.md and ends with an
error when something that must hold does not.
"""

import sys
import tempfile
import time
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests" / "support"))

import numpy as np  # noqa: E402
from bench_speakers_measures import agreement  # noqa: E402
from benchmark_file import machine, write_section  # noqa: E402
from media_factory import AudioTrack, make_media  # noqa: E402

from asr.hearing.listener import listen  # noqa: E402
from asr.sound.av_media import decode_blocks, decode_spans, probe  # noqa: E402
from asr.sound.chunking import ChunkPlan  # noqa: E402
from asr.sound.stream_choice import stream_choice  # noqa: E402
from asr.speakers.channel_diarizer import ChannelDiarizer  # noqa: E402
from asr.speakers.diarizer import SpeakerTurn  # noqa: E402
from asr.speakers.embedding_diarizer import EmbeddingDiarizer  # noqa: E402
from asr.whisper.voice import SileroVoiceDetector  # noqa: E402
from flows.models.commands import pull_model  # noqa: E402
from flows.models.registry import load_registry  # noqa: E402
from flows.settings import Settings  # noqa: E402
from flows.speaker_wiring import VOICE_MODEL  # noqa: E402
from subtitles.formats.srt import SrtFormat  # noqa: E402
from subtitles.span import Span  # noqa: E402

RATE_HZ = 16_000
# Who reads which line; the other recordings of that folder have one speaker.
READERS = ("A", "B", "C", "D", "E", "E")
ONE_SPEAKER = (
    "en/sonnet_1.mp3",
    "en/sonnet_2.mp3",
    "en/two_cities.flac",
    "en/ljspeech_printing.opus",
    "en/sense_and_sensibility_5.flac",
    "en/jfk_stereo_44k.flac",
    "en/ivr_prompts_en_8k.flac",
    "fr/ivr_prompts_fr_8k.flac",
    "de/librivox_de.mp3",
    "es/librivox_es.mp3",
)
# By ear and voice detector, since this recording has no timed reference.
KATIE_AND_STEVE = (1050, 1950, 2650, 3450, 4000, 7400, 8030, 8980, 9500, 14_700, 15_260, 17_640)


def lines_of(srt, speakers):
    cues = SrtFormat().decode(srt.read_text("utf-8")).document.subtitles
    return [
        (cue.span, speaker, " ".join(cue.lines))
        for cue, speaker in zip(cues, speakers, strict=True)
    ]


def references(media):
    """(recording, its lines) of several speakers."""
    labels = (media / "cs/fillets_cs_dialogue.speakers.txt").read_text("utf-8").splitlines()
    names = [line.split("\t")[0] for line in labels]
    yield (
        media / "cs/fillets_cs_dialogue.opus",
        lines_of(media / "cs/fillets_cs_dialogue.cs.srt", names),
    )
    yield media / "en/librispeech_6.flac", lines_of(media / "en/librispeech_6.en.srt", READERS)
    texts = (media / "en/two_speakers_katie_steve.speakers.txt").read_text("utf-8").splitlines()
    starts, ends = KATIE_AND_STEVE[::2], KATIE_AND_STEVE[1::2]
    yield (
        media / "en/two_speakers_katie_steve.flac",
        [
            (Span(start, end), *line.split("\t"))
            for start, end, line in zip(starts, ends, texts, strict=True)
        ],
    )


def listened(path):
    """(asset, stream, regions of speech) of a file."""
    asset = probe(path)
    stream = stream_choice(asset, None).stream
    found = listen(decode_blocks(asset, stream), SileroVoiceDetector(), plan=ChunkPlan())
    return asset, stream, sorted({region for chunk in found.chunks for region in chunk.sure})


def turns_of(diarizer, path):
    asset, stream, speech = listened(path)
    begin = time.process_time()
    turns = diarizer.turns(asset, stream, speech, advanced=lambda _done_ms: None)
    spent = time.process_time() - begin
    return turns, spent, sum(region.duration_ms for region in speech) / 1000


def samples_of(path):
    asset = probe(path)
    whole = [Span(0, asset.duration_ms)]
    return next(iter(decode_spans(asset, stream_choice(asset, None).stream, whole))).samples


def quick_dialogue(media, folder):
    """The readers' sentences cut at their pauses and dealt out in turn, 0.15 s apart."""
    source = media / "en/librispeech_6.flac"
    lines = lines_of(media / "en/librispeech_6.en.srt", READERS)
    regions, samples = listened(source)[2], samples_of(source)
    of_reader = {
        reader: [
            r for r in regions for span, who, _ in lines if who == reader and r.overlap_ms(span)
        ]
        for reader in dict.fromkeys(READERS)
    }
    pieces, at, reference = [], 0, []
    for number in range(max(len(found) for found in of_reader.values())):
        for reader, found in of_reader.items():
            if number >= len(found):
                continue
            piece = samples[found[number].start_ms * 16 : found[number].end_ms * 16]
            span = Span(at, at + len(piece) // 16)
            reference.append((span, reader, "word " * max(1, span.duration_ms // 350)))
            pieces += [piece, np.zeros(150 * 16, dtype=np.float32)]
            at += len(piece) // 16 + 150
    sound = np.concatenate(pieces)[np.newaxis]
    track = AudioTrack(pieces=[(0.0, sound)], codec="flac", rate_hz=RATE_HZ)
    return make_media(folder / "quick_dialogue.flac", audio=[track]), reference


def interview(media, folder, crosstalk_db):
    """Two readers on two channels, each softer on the other's."""
    lines = lines_of(media / "en/librispeech_6.en.srt", READERS)
    samples = samples_of(media / "en/librispeech_6.flac")
    near = np.zeros((2, len(samples)), dtype=np.float32)
    reference = []
    for number, (span, _, text) in enumerate(lines):
        part = slice(span.start_ms * 16, span.end_ms * 16)
        near[number % 2, part] = samples[part]
        reference.append((span, "LR"[number % 2], text))
    mixed = near + np.float32(10 ** (crosstalk_db / 20)) * near[::-1]
    track = AudioTrack(pieces=[(0.0, mixed)], codec="flac", layout="stereo", rate_hz=RATE_HZ)
    name = f"interview, crosstalk {crosstalk_db:g} dB"
    return name, make_media(folder / f"{name}.flac", audio=[track]), reference


def row(name, found):
    percent = (found.error_rate, found.missed, found.false_alarm, found.confused)
    right, words = found.words
    cells = [
        *(f"{100 * value:.1f} %" for value in percent),
        "{} of {}".format(*found.speakers),
        f"{100 * right / words:.1f} %",
        "{} of {}".format(*found.changes),
        str(found.false_changes),
    ]
    return f"| {name} | " + " | ".join(cells) + " |"


HEAD = [
    "|  | error | missed | false alarm | confused | speakers | words right | changes | false |",
    "|---|--:|--:|--:|--:|--:|--:|--:|--:|",
]


def by_voices(media, folder, diarizer, failures):
    lines, seconds, speech_s = [*HEAD], 0.0, 0.0
    for path, reference in [*references(media), quick_dialogue(media, folder)]:
        turns, spent, speech = turns_of(diarizer, path)
        seconds, speech_s = seconds + spent, speech_s + speech
        lines.append(row(path.stem, agreement(turns, reference)))
    single = []
    for name in ONE_SPEAKER:
        turns, spent, speech = turns_of(diarizer, media / name)
        seconds, speech_s = seconds + spent, speech_s + speech
        count = len({turn.speaker for turn in turns})
        single.append(count)
        if count != 1:
            failures.append(f"{count} speakers in {name}, where one speaks")
    lines += ["", f"{len(single)} recordings of one speaker: {single.count(1)} with one label."]
    lines.append(f"{60 * seconds / speech_s:.1f} CPU seconds for a minute of speech.")
    return lines


def recordings(media):
    return [p for p in sorted(media.rglob("*")) if p.suffix in {".opus", ".flac", ".mp3", ".mp4"}]


def by_channels(media, folder, failures):
    lines = [*HEAD]
    for crosstalk_db in (-20.0, -9.0):
        name, path, reference = interview(media, folder, crosstalk_db)
        lines.append(row(name, agreement(turns_of(ChannelDiarizer(), path)[0], reference)))
    stereo = [
        path for path in recordings(media) if stream_choice(probe(path), None).stream.channels == 2
    ]
    told = [path.name for path in stereo if turns_of(ChannelDiarizer(), path)[0]]
    failures += [f"{name} is taken for an interview on two channels" for name in told]
    lines += ["", f"Of {len(stereo)} other stereo recordings {len(told)} are taken for interviews."]
    return lines


def one_voice_for_all(media):
    """What saying nothing of speakers would score: everybody is one."""
    path, reference = next(references(media))
    turns = [SpeakerTurn(span=span, speaker="S1") for span in listened(path)[2]]
    return row(f"{path.stem}, everybody one speaker", agreement(turns, reference))


def main(media):
    if not (media / "cs/fillets_cs_dialogue.opus").is_file():
        sys.exit(f"skipped: no recordings with known speakers in {media}")
    settings, failures = Settings(), []
    model = pull_model(
        load_registry(),
        VOICE_MODEL,
        cache_dir=settings.models_folder,
        allow_noncommercial=False,
        offline=settings.offline,
    )
    diarizer = EmbeddingDiarizer(
        model.directory, model_name=model.name, model_revision=model.revision
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lines = [
            f"Measured {date.today()} on {machine()}; repeat with `make bench-speakers`.",  # noqa: DTZ011
            "",
            "Shares of the reference speech, no collar; docs/speakers.md says how to read them.",
            "",
            f"By voices ({VOICE_MODEL}):",
            "",
            *by_voices(media, folder, diarizer, failures),
            "",
            "For comparison:",
            "",
            *HEAD,
            one_voice_for_all(media),
            "",
            "By channels:",
            "",
            *by_channels(media, folder, failures),
        ]
    write_section(ROOT / "BENCHMARKS.md", "Speakers", lines)
    print("\n".join(lines))
    if failures:
        sys.exit("\n".join(failures))


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "../shared/media"))
