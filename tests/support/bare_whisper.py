"""What anybody's script does with faster-whisper: run as a process of its own by the benchmark.

Usage: bare_whisper.py MEDIA MODEL_FOLDER MANNER THREADS; prints the text. A manner is
``batched-8-5`` (batch size, beam), ``sequential`` or ``sequential-vad`` (default beam).
"""

import sys

from faster_whisper import BatchedInferencePipeline, WhisperModel


def main():
    media, folder, manner, threads = sys.argv[1:]
    model = WhisperModel(folder, device="cpu", compute_type="int8", cpu_threads=int(threads))
    kind, *numbers = manner.split("-")
    if kind == "batched":
        batch, beam = map(int, numbers)
        segments, _ = BatchedInferencePipeline(model).transcribe(
            media, batch_size=batch, beam_size=beam, word_timestamps=True
        )
    else:
        segments, _ = model.transcribe(media, vad_filter=numbers == ["vad"], word_timestamps=True)
    for segment in segments:
        sys.stdout.write(f"{segment.text.strip()}\n")


if __name__ == "__main__":
    main()
