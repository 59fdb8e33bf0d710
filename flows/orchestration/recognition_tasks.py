"""Recognition as Prefect tasks: one for each chunk of a title, and those around them."""

from collections.abc import Sequence
from contextvars import ContextVar
from typing import Any

from prefect import task

from asr.recognizer import SpokenLanguage
from flows.artifacts.store import ArtifactRef
from flows.orchestration.limits import slot
from flows.orchestration.task_options import OPTIONS, ended
from flows.orchestration.work import current_work
from flows.stages.tally import ChunkTally
from flows.title import Title

_tally: ContextVar[ChunkTally] = ContextVar("tally")


@task(name="listen", task_run_name="listen-{title.request.stem}", **OPTIONS)
def listen(title: Title) -> Any:  # noqa: ANN401 - a State
    """Where somebody speaks; gives (reference, number of chunks)."""
    heard = current_work.get().pipeline.transcriber.listen(title)
    return ended(cached=heard.cached, data=(heard.ref, len(heard.value.chunks)))


@task(name="language", task_run_name="language-{title.request.stem}", **OPTIONS)
def language(title: Title, listening: ArtifactRef) -> Any:  # noqa: ANN401 - a State
    """What is spoken; gives it."""
    transcriber = current_work.get().pipeline.transcriber
    spoken, cached = transcriber.language(title, transcriber.listening(listening).value)
    return ended(cached=cached, data=spoken)


@task(
    name="recognize",
    task_run_name="recognize-{title.request.stem}-{number}-of-{count}",
    **OPTIONS,
)
def recognize(
    title: Title,
    listening: ArtifactRef,
    spoken: SpokenLanguage,
    number: int,
    count: int,  # noqa: ARG001 - for the name of the task run
) -> Any:  # noqa: ANN401 - a State
    """The words of one chunk, the first of which is number 1; gives a reference."""
    work = current_work.get()
    heard = work.pipeline.transcriber.listening(listening).value
    work.ended.check()
    chunk = work.pipeline.transcriber.recognize_chunk(title, heard, spoken, number - 1)
    _tally.get().done(number - 1)
    return ended(cached=chunk.cached, data=chunk.ref)


@task(name="join", task_run_name="join-{title.request.stem}", **OPTIONS)
def join(title: Title) -> Any:  # noqa: ANN401 - a State
    """Words with times; gives (reference, whether it was stored already)."""
    transcript = current_work.get().pipeline.transcriber.join(title)
    return ended(cached=transcript.cached, data=(transcript.ref, transcript.cached))


@task(name="speakers", task_run_name="speakers-{title.request.stem}", **OPTIONS)
def speakers(title: Title, transcript: ArtifactRef) -> Any:  # noqa: ANN401 - a State
    """The same words with who says them; gives a reference."""
    transcriber = current_work.get().pipeline.transcriber
    labelled = transcriber.label(title, transcriber.transcript(transcript))
    return ended(cached=labelled.cached, data=labelled.ref)


def transcribed(title: Title) -> tuple[ArtifactRef, bool]:
    """Every step of recognition as a task; gives (reference, whether it was stored already)."""
    work = current_work.get()
    limit = work.recognition_limit
    # What is stored needs no device, and waits for none.
    is_stored = limit and work.pipeline.transcriber.stored_transcript(title) is not None
    with slot("" if is_stored else limit):
        return _transcribed(title)


def _transcribed(title: Title) -> tuple[ArtifactRef, bool]:
    transcriber = current_work.get().pipeline.transcriber
    listening, count = listen.submit(title).result()
    spoken = transcriber.speech(title).forced or language.submit(title, listening).result()
    tally = transcriber.tally(title, transcriber.listening(listening).value, spoken)
    tally.started()
    token = _tally.set(tally)
    try:
        numbers = range(1, count + 1)
        running = [recognize.submit(title, listening, spoken, n, count) for n in numbers]
        _all_ended(running)
    finally:
        _tally.reset(token)
    transcript, cached = join.submit(title).result()
    if transcriber.diarizer is not None:
        transcript = speakers.submit(title, transcript).result()
    return transcript, cached


def _all_ended(running: Sequence[Any]) -> None:
    """Wait for every chunk, also when one fails: what the others made stays."""
    for future in running:
        future.wait()
    for future in running:
        future.result()
