"""The real voice detector, asked by several threads."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from asr.sound.av_media import decode_spans, probe
from asr.sound.stream_choice import stream_choice
from asr.whisper.voice import SileroVoiceDetector
from subtitles.span import Span

FILM = Path(__file__).parents[3] / "sample_media" / "sense_and_sensibility.mp4"


def test_several_threads_at_once_are_told_what_one_is_told():
    asset = probe(FILM)
    spans = [Span(start_ms, start_ms + 4_000) for start_ms in range(0, 16_000, 2_000)]
    stream = stream_choice(asset, None).stream
    pieces = [chunk.samples for chunk in decode_spans(asset, stream, spans)]
    detector = SileroVoiceDetector()
    alone = [list(detector.speech_probabilities(piece)) for piece in pieces]
    with ThreadPoolExecutor(4) as threads:
        together = [list(one) for one in threads.map(detector.speech_probabilities, pieces)]
    assert together == alone
    assert max(map(max, alone)) > 0.9
