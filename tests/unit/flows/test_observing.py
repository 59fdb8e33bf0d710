"""Costs, ids in logs and spans of the work at hand."""

import io
import json
import logging
from contextvars import copy_context
from dataclasses import dataclass

import pytest
from flows_fakes import InMemoryArtifactStore
from hypothesis import given
from hypothesis import strategies as st
from run_logs import MemoryRunLog, run

from flows.artifacts.codec import JsonCodec
from flows.errors import NothingToTranslateError, TitleBusyError
from flows.observing.context import at_work
from flows.observing.cpu import CpuMeter
from flows.observing.effort import effort_of, effort_so_far
from flows.observing.logs import JsonLines, TextLines, one_line, start_logging
from flows.observing.otel_tracing import OtelTracer
from flows.observing.prices import Prices
from flows.observing.tracing import current_tracer
from flows.runs.recording import NewRun, current_run, recorded
from flows.runs.records import LanguageRun, RunKind, RunState, StageCost
from flows.runs.records import RunRecord as Record
from flows.settings import Settings
from flows.stages.once import Stage, compute_once
from subtitles.errors import StorageError
from subtitles.language import LanguageTag


@dataclass(frozen=True, slots=True)
class Number:
    value: int


def stage(name="chunk", compute=lambda: Number(7), **watched):
    return Stage(name=name, made_from={}, codec=JsonCodec(Number), compute=compute, **watched)


def new(title="dinner", kind=RunKind.TITLE):
    return NewRun(kind=kind, title=title)


class TestRecorded:
    def test_a_run_begins_running_and_ends_completed_with_its_costs(self):
        log, store = MemoryRunLog(), InMemoryArtifactStore()
        with recorded(log, new()) as recorder:
            assert log.recent(1)[0].state == RunState.RUNNING
            compute_once(store, stage(language="pt-BR", chunk=3))
            compute_once(store, stage(language="pt-BR", chunk=3))
            recorder.found(media_id="ab" * 32, programme_ms=60_000)
        (record,) = log.recent(9)
        assert (record.state, record.programme_ms) == (RunState.COMPLETED, 60_000)
        (cost,) = record.costs  # looking again is no second cost
        assert (cost.stage, cost.language, cost.chunk) == ("chunk", "pt-BR", 3)
        assert (cost.cached, cost.size_bytes) == (False, len(b'{"value":7}'))

    @pytest.mark.parametrize(
        ("error", "state", "said"),
        [
            # It never began: whoever holds the title has a record that says how that went.
            (TitleBusyError("dinner", "process 7"), RunState.STOPPED, "dinner is being processed"),
            (NothingToTranslateError("x.srt"), RunState.FAILED, "holds no subtitles"),
            (ZeroDivisionError("by\nzero"), RunState.FAILED, "unexpected ZeroDivisionError: by"),
            (KeyboardInterrupt(), RunState.STOPPED, "told to stop"),
        ],
    )
    def test_whatever_ends_a_run_is_told_and_goes_on(self, error, state, said):
        log = MemoryRunLog()
        with pytest.raises(type(error)), recorded(log, new()):
            raise error
        (record,) = log.recent(9)
        assert record.state == state
        assert said in record.error
        assert "\n" not in record.error

    def test_a_run_with_a_failed_language_is_partial_and_a_later_word_on_it_counts(self):
        log = MemoryRunLog()
        with recorded(log, new()) as recorder:
            for language, error in (("fr", "no engine"), ("de", "disk"), ("de", "")):
                recorder.language(LanguageRun(language=LanguageTag(language), error=error))
        (record,) = log.recent(9)
        assert record.state == RunState.PARTIAL
        assert [one.language for one in record.failed] == ["fr"]

    def test_a_title_of_a_batch_names_its_batch(self):
        log = MemoryRunLog()
        with recorded(log, new("night", RunKind.BATCH)) as batch, recorded(log, new()):
            pass
        title, night = log.recent(2)
        assert (night.kind, title.parent_id) == (RunKind.BATCH, batch.record.run_id)
        assert night.parent_id == ""
        assert current_run.get() is None

    def test_a_log_that_fails_before_the_run_stops_it_and_later_only_warns(self, caplog):
        class Failing(MemoryRunLog):
            def update(self, record: Record) -> None:
                raise StorageError("disk")

        class FailingLater(Failing):
            def begin(self, record: Record) -> None:
                self.records[record.run_id] = record

        with pytest.raises(StorageError), recorded(Failing(), new()):
            pytest.fail("it must not begin")
        for run_it in (
            recorded(FailingLater(), new()),
            recorded(Failing(), new(), needs_log=False),
        ):
            caplog.clear()
            with run_it:
                pass
            assert "the run log cannot be written" in caplog.text

    def test_a_title_that_is_no_text_is_kept_as_far_as_it_is(self):
        log = MemoryRunLog()
        with recorded(log, new("film-\udcff")):
            pass
        assert log.recent(1)[0].title == "film-?"


class TestCpuMeter:
    def test_time_of_stages_at_work_together_is_divided_between_them(self):
        clock = iter([0.0, 1.0, 3.0, 7.0, 8.0])
        meter = CpuMeter(lambda: next(clock))
        first = meter.start()
        second = meter.start()
        assert meter.stop(first) == pytest.approx(2 + 2)
        assert meter.stop(second) == pytest.approx(2 + 1)

    @given(st.lists(st.tuples(st.integers(0, 3), st.floats(0, 9)), max_size=30))
    def test_the_parts_never_add_up_to_more_than_was_used(self, steps):
        clock = [0.0]
        meter = CpuMeter(lambda: clock[0])
        active, used = {}, 0.0
        for slot, passed_s in steps:
            clock[0] += passed_s
            if slot in active:
                used += meter.stop(active.pop(slot))
            else:
                active[slot] = meter.start()
        used += sum(meter.stop(number) for number in active.values())
        assert used <= clock[0] + 1e-6

    def test_a_stage_within_a_stage_is_counted_apart(self):
        log, store = MemoryRunLog(), InMemoryArtifactStore()
        with recorded(log, new()) as recorder:
            ticks = iter(range(100))
            recorder.meter = CpuMeter(lambda: float(next(ticks)))
            inner = stage("chunk")
            compute_once(store, stage("transcript", lambda: compute_once(store, inner).value))
        costs = {one.stage: one.cpu_ms for one in log.recent(1)[0].costs}
        # A second goes by before the inner stage, one in it, one after it.
        assert costs == {"chunk": 1_000, "transcript": 2_000}


class TestEffort:
    COSTS = (
        StageCost(stage="chunk", key="a", wall_ms=2_000, cpu_ms=3_600_000),
        StageCost(stage="target-cues", key="b", wall_ms=3_600_000, cpu_ms=0, size_bytes=7),
    )

    def test_costs_are_added_up_by_step_and_reckoned_for_an_hour_of_programme(self):
        prices = Prices(cpu_hour=0.5, gpu_hour=2.0)
        effort = effort_of(self.COSTS, 1_800_000, prices, device="cuda")
        assert [one.step for one in effort.steps] == ["Recognising speech", "Translation"]
        assert effort.cpu_hours_per_hour == 2.0
        assert effort.price == "2.501 EUR"  # an hour of a core, an hour and 2 s of a GPU
        assert effort.price_per_hour == "5.002 EUR"
        assert effort_of(self.COSTS, 0, Prices()).price == ""

    def test_a_run_that_finds_everything_stored_changes_nothing(self):
        log, store = MemoryRunLog(), InMemoryArtifactStore()
        efforts = []
        for _ in range(3):
            with recorded(log, new()) as recorder:
                recorder.found(media_id="ab" * 32, programme_ms=1_000)
                compute_once(store, stage())
                efforts.append(effort_so_far(recorder))
        assert efforts[0] == efforts[1] == efforts[2]
        assert efforts[0].steps[0].results == 1


def line(formatter, message, *args, exc_info=None):
    record = logging.LogRecord("flows.x", logging.WARNING, "x.py", 1, message, args, exc_info)
    return formatter.format(record)


class TestLogs:
    @given(title=st.text(min_size=1), message=st.text())
    @pytest.mark.parametrize("formatter", [JsonLines(), TextLines()])
    def test_no_title_or_message_makes_a_second_line(self, formatter, title, message):
        with at_work(run_id="r-1", title=title):
            assert len(line(formatter, "%s", message).splitlines()) == 1

    def test_a_line_names_its_work_also_in_a_thread_with_a_copy_of_the_context(self):
        with at_work(run_id="r-1", title="dinner"), at_work(language="pt-BR", chunk=2, stage="s"):
            context = copy_context()
        found = json.loads(context.run(line, JsonLines(), "made in %d ms", 7))
        assert found["message"] == "made in 7 ms"
        ids = {name: found[name] for name in ("run_id", "title", "language", "chunk", "stage")}
        assert list(ids.values()) == ["r-1", "dinner", "pt-BR", 2, "s"]
        assert "run_id" not in json.loads(line(JsonLines(), "outside"))

    def test_a_title_cannot_pretend_to_be_another_id(self):
        with at_work(run_id="r-1", title='x run_id=r-2 "'):
            assert line(TextLines(), "m").endswith(r'[run_id=r-1 title="x run_id=r-2 \""]')

    def test_an_error_stands_in_its_line(self):
        try:
            int("a\nfaked line")
        except ValueError as error:
            text = line(TextLines(), "failed", exc_info=(ValueError, error, error.__traceback__))
        assert "faked line" in text
        assert one_line(text) == text

    def test_lines_are_written_as_the_settings_say(self, monkeypatch):
        monkeypatch.setattr(logging.getLogger(), "handlers", [])
        monkeypatch.setattr(logging.getLogger(), "level", logging.WARNING)
        before = logging.getLogger("flows").level
        stream = io.StringIO()
        try:
            start_logging(Settings(log="json", log_level="info"), stream)
            logging.getLogger("flows.x").info("hello")
            logging.getLogger("flows.x").debug("not asked for")
        finally:
            for room in ("flows", "asr", "translate", "review", "subtitles"):
                logging.getLogger(room).setLevel(before)
        assert json.loads(stream.getvalue())["message"] == "hello"


class TestSpans:
    def test_a_run_and_its_stages_are_spans_one_within_the_other(self):
        export = pytest.importorskip("opentelemetry.sdk.trace.export.in_memory_span_exporter")
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import SimpleSpanProcessor

        exporter = export.InMemorySpanExporter()
        provider = TracerProvider()
        provider.add_span_processor(SimpleSpanProcessor(exporter))
        token = current_tracer.set(OtelTracer(provider.get_tracer("test")))
        try:
            with recorded(MemoryRunLog(), new()):
                compute_once(InMemoryArtifactStore(), stage(language="pt-BR", chunk=3))
            with pytest.raises(TitleBusyError), recorded(MemoryRunLog(), new()):
                raise TitleBusyError("dinner", "7")
        finally:
            current_tracer.reset(token)
        made, whole, failed = exporter.get_finished_spans()
        assert (made.name, whole.name) == ("stage chunk", "run title")
        assert made.parent.span_id == whole.context.span_id
        assert made.attributes["polycue.language"] == "pt-BR"
        assert (made.attributes["polycue.chunk"], made.attributes["polycue.cached"]) == (3, False)
        assert whole.attributes["polycue.title"] == "dinner"
        assert failed.attributes["polycue.exit_code"] == TitleBusyError.exit_code
        assert not failed.status.is_ok


def test_a_kept_run_knows_how_long_it_took():
    assert run().wall_ms == 60_000
