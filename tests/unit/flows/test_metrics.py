"""Metrics: true to the run log and the queue, and with no more labels than are known."""

import urllib.request
from dataclasses import replace
from datetime import timedelta

import pytest
from prometheus_client import CollectorRegistry
from prometheus_client.parser import text_string_to_metric_families
from run_logs import NOON, MemoryRunLog, run

from flows.errors import CannotWriteError
from flows.observing.exposing import metrics_text, served, write_metrics
from flows.observing.metrics import PolycueCollector
from flows.observing.queue_metrics import MAX_LANGUAGES
from flows.runs.records import RunKind, RunState, StageCost
from flows.settings import Settings
from review.overview import QueueStanding
from review.tasks import TaskState
from subtitles.errors import StorageError

NO_QUEUE = QueueStanding(tasks={}, oldest={}, outbox={}, outbox_oldest={})


class Queue:
    def __init__(self, standing=NO_QUEUE):
        self.standing = standing

    def queue(self):
        return self.standing

    def tasks_of(self, text):
        return ()


class Down(Queue):
    def queue(self):
        raise StorageError("down")


def told(collector):
    """(name, labels) → value."""
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in collector.collect()
        for sample in family.samples
    }


def collector_of(*records, queue=None):
    log = MemoryRunLog()
    for one in records:
        log.begin(one)
    return PolycueCollector(log, queue or Queue(), lambda: NOON + timedelta(hours=1)), log


def labels(**named):
    return tuple(sorted(named.items()))


def test_runs_and_titles_are_counted_by_state_and_old_ones_are_not():
    collector, _ = collector_of(
        run(state=RunState.FAILED),
        run(1),
        run(2, media_id="cd" * 32, title="lunch", state=RunState.CRASHED, programme_ms=5_000),
        run(3, kind=RunKind.BATCH, title="night", media_id=""),
        run(-60 * 24 * 8, media_id="ef" * 32, title="old"),
    )
    values = told(collector)
    assert values["polycue_runs", labels(kind="title", state="completed")] == 1
    assert values["polycue_runs", labels(kind="title", state="failed")] == 1
    assert values["polycue_runs", labels(kind="batch", state="completed")] == 1
    assert values["polycue_titles", labels(state="completed")] == 1  # what failed, ran again
    assert values["polycue_titles", labels(state="crashed")] == 1
    assert values["polycue_programme_seconds", ()] == 5


def test_each_cost_is_counted_once_and_totals_never_shrink():
    first = StageCost(stage="chunk", key="a", wall_ms=700)
    record = run(costs=(first, StageCost(stage="shots", key="b", cached=True)))
    collector, log = collector_of(record)
    for _ in range(2):
        values = told(collector)
        assert values["polycue_stage_seconds_count", labels(stage="chunk")] == 1
    assert values["polycue_stage_seconds_bucket", labels(stage="chunk", le="0.5")] == 0
    assert values["polycue_stage_seconds_bucket", labels(stage="chunk", le="1.0")] == 1
    assert values["polycue_stage_results", labels(stage="shots", cached="true")] == 1
    assert values["polycue_stage_cached_ratio", ()] == 0.5

    more = StageCost(stage="chunk", key="c", wall_ms=1_300)
    log.update(replace(record, costs=(*record.costs, more)))
    assert told(collector)["polycue_stage_seconds_sum", labels(stage="chunk")] == 2.0
    log.records.clear()
    assert told(collector)["polycue_stage_seconds_count", labels(stage="chunk")] == 2


def test_the_queue_tells_depth_age_and_what_waits_in_the_outbox():
    queue = QueueStanding(
        tasks={("de", TaskState.PENDING): 3, ("de", TaskState.APPROVED): 1},
        oldest={("de", TaskState.PENDING): NOON},
        outbox={"task.approved": 2, "task.parked": 900},
        outbox_oldest={"task.approved": NOON + timedelta(minutes=59)},
    )
    values = told(collector_of(queue=Queue(queue))[0])
    assert values["polycue_queue_tasks", labels(language="de", state="pending")] == 3
    assert values["polycue_queue_oldest_seconds", labels(language="de", state="pending")] == 3_600
    assert values["polycue_outbox_waiting", labels(kind="task.approved")] == 2
    assert values["polycue_outbox_oldest_seconds", labels(kind="task.approved")] == 60
    assert values["polycue_outbox_waiting", labels(kind="glossary.changed")] == 0
    assert not [labels for name, labels in values if ("kind", "task.parked") in labels]


def test_no_title_stage_or_language_out_of_hand_becomes_a_label():
    tasks = {(f"x-{n}", TaskState.PENDING): n + 1 for n in range(MAX_LANGUAGES + 50)}
    queue = QueueStanding(tasks=tasks, oldest={}, outbox={}, outbox_oldest={})
    costs = tuple(StageCost(stage=f"evil-{n}", key=str(n)) for n in range(99))
    records = (run(n, title=f"title {n}", media_id=f"{n:064x}", costs=costs) for n in range(30))
    collector, _ = collector_of(*records, queue=Queue(queue))
    values = told(collector)
    assert len(values) < MAX_LANGUAGES + 60
    assert not any(
        "title " in value or "evil" in value for _, pairs in values for _, value in pairs
    )
    others = labels(language="other", state="pending")
    assert values["polycue_queue_tasks", others] == sum(range(1, 51))


def test_a_database_that_is_down_does_not_hide_the_runs(caplog):
    values = told(collector_of(run(), queue=Down())[0])
    assert values["polycue_up", labels(part="review")] == 0
    assert values["polycue_up", labels(part="runs")] == 1
    assert values["polycue_runs", labels(kind="title", state="completed")] == 1
    assert "down" in caplog.text


@pytest.fixture
def settings(tmp_path):
    return Settings(home=tmp_path / "home")


def test_they_are_served_and_written_as_prometheus_reads_them(settings, tmp_path):
    with served(settings, host="127.0.0.1", port=0) as address:
        with urllib.request.urlopen(address) as answer:
            text = answer.read().decode()
        port = int(address.split(":")[2].split("/")[0])
        with (
            pytest.raises(CannotWriteError, match="choose another"),
            served(settings, host="127.0.0.1", port=port),
        ):
            pytest.fail("the port is taken")
    names = {family.name for family in text_string_to_metric_families(text)}
    assert {"polycue_up", "polycue_outbox_waiting", "process_cpu_seconds"} <= names
    write_metrics(tmp_path / "polycue.prom", settings)
    assert (tmp_path / "polycue.prom").read_bytes() == metrics_text(settings)


def test_the_metrics_are_told_to_any_registry(settings):
    registry = CollectorRegistry()
    registry.register(collector_of(run())[0])
    assert registry.get_sample_value("polycue_up", {"part": "runs"}) == 1
