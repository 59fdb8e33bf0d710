"""What every run log promises: the fake, in a folder, in a bucket; and how it sees a crash."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from run_logs import MEDIA, NOON, MemoryRunLog, dead_process, far_process, run, running

from flows.artifacts.blobs import FolderBlobs
from flows.artifacts.fsspec_blobs import FsspecBlobs
from flows.runs.blob_log import SILENCE, BlobRunLog
from flows.runs.records import LanguageRun, RunKind, RunState, StageCost
from subtitles.language import LanguageTag

LATER = datetime(2100, 1, 1, tzinfo=UTC)
YOUNG = (LATER - NOON) // timedelta(minutes=1) + 1


def log_in(folder, at=NOON):
    return BlobRunLog(FolderBlobs(folder), now=lambda: at)


@pytest.fixture(params=["fake", "folder", "fsspec"])
def log(request, tmp_path):
    if request.param == "fake":
        return MemoryRunLog()
    if request.param == "folder":
        return log_in(tmp_path)
    return BlobRunLog(FsspecBlobs(f"memory://{uuid4().hex}"), now=lambda: NOON)


class TestRunLog:
    def test_a_run_comes_back_as_it_was_kept_last(self, log):
        record = running(
            languages=(LanguageRun(language=LanguageTag("pt-BR"), task_id="t"),),
            costs=(StageCost(stage="chunk", key="k", chunk=2, cpu_ms=7),),
        )
        log.begin(record)
        ended = replace(record, state=RunState.PARTIAL, error="fr: no", ended_at=NOON)
        log.update(ended)
        assert log.recent(9) == (ended,)

    def test_the_newest_runs_come_first_and_no_more_than_asked_for(self, log):
        runs = [run(n) for n in (0, -9_000, -2_000, -90_000)]
        for one in runs:
            log.begin(one)
        newest = tuple(sorted(runs, key=lambda one: one.started_at, reverse=True))
        assert log.recent(9) == newest
        assert log.recent(2) == newest[:2]

    def test_runs_are_chosen_by_kind_and_state(self, log):
        failed = run(1, state=RunState.FAILED)
        batch = run(2, kind=RunKind.BATCH, title="night")
        for one in (run(), failed, batch):
            log.begin(one)
        assert log.recent(9, states={RunState.FAILED}) == (failed,)
        assert log.recent(9, kinds={RunKind.BATCH}) == (batch,)

    @pytest.mark.parametrize("text", ["dinner", "Dinner", "/films/dinner.mp4", MEDIA, "ababab"])
    def test_a_title_is_found_by_name_path_and_id(self, log, text):
        wanted = run()
        for one in (wanted, run(1, title="lunch", source="/films/lunch.mp4", media_id="cd" * 32)):
            log.begin(one)
        assert log.of_title(text) == (wanted,)

    @pytest.mark.parametrize("text", ["", "dinn", "ababa", "../../x", "zzzzzzz"])
    def test_what_names_no_title_finds_nothing(self, log, text):
        log.begin(run())
        assert log.of_title(text) == ()

    def test_the_latest_run_of_a_medium_is_one_that_says_how_its_drafts_are_made(self, log):
        first, second = run(), run(1, title="renamed")
        for one in (first, second, run(2, kind=RunKind.PUBLISH), run(3, media_id="cd" * 32)):
            log.begin(one)
        assert log.latest(MEDIA) == second
        assert log.latest("ef" * 32) is None

    def test_a_medium_known_later_leads_to_its_run(self, log):
        record = running(media_id="")
        log.begin(record)
        assert log.latest(MEDIA) is None
        log.update(replace(record, media_id=MEDIA))
        assert log.latest(MEDIA).run_id == record.run_id

    def test_old_runs_are_forgotten_but_for_the_last_of_each_medium(self, log):
        other = {"media_id": "cd" * 32, "title": "lunch"}
        last = [run(3), run(4, kind=RunKind.FILE), run(5, **other)]
        going = running(6, kind=RunKind.BATCH, title="night", media_id="")
        young = run(YOUNG, kind=RunKind.BATCH, title="young", media_id="")
        old = [
            run(), run(1, media_id=""), run(2, state=RunState.FAILED), run(2, **other),
            run(7, kind=RunKind.PUBLISH), run(8, kind=RunKind.BATCH, title="night", media_id=""),
        ]  # fmt: skip
        for one in (*last, going, young, *old):
            log.begin(one)
        assert log.prune(LATER, dry_run=True) == len(old)
        assert len(log.of_title("dinner")) == 6
        assert log.prune(LATER) == len(old)
        assert log.of_title("dinner") == (last[1], last[0])
        assert (log.of_title("night"), log.of_title("young")) == ((going,), (young,))
        assert (log.latest(MEDIA), log.latest("cd" * 32)) == (last[1], last[2])
        assert log.prune(LATER) == 0


class TestPruning:
    def test_nothing_of_a_forgotten_run_stays(self, tmp_path):
        log = log_in(tmp_path)
        log.begin(run(media_id=""))
        assert log.prune(LATER) == 1
        assert not [path for path in tmp_path.rglob("*") if path.is_file()]

    def test_a_pruning_that_was_killed_is_finished_by_the_next(self, tmp_path):
        log_in(tmp_path).begin(run(media_id=""))
        pointer = next(tmp_path.glob("named/*/*"))
        pointer.unlink()
        assert log_in(tmp_path).prune(LATER) == 1
        assert not [path for path in tmp_path.rglob("*") if path.is_file()]

    def test_a_damaged_record_goes_with_the_others(self, tmp_path):
        log_in(tmp_path).begin(run())
        next(tmp_path.glob("log/*/*/*.json")).write_bytes(b"{")
        assert log_in(tmp_path).prune(LATER) == 1
        assert not list(tmp_path.glob("log/*/*/*.json"))

    def test_a_run_whose_process_is_gone_does_not_stay_for_that(self, tmp_path):
        log_in(tmp_path).begin(running(process=dead_process(), media_id=""))
        assert log_in(tmp_path).prune(LATER) == 1


class TestCrashes:
    def test_a_run_whose_process_is_gone_is_told_as_crashed(self, tmp_path):
        log = log_in(tmp_path)
        log.begin(running(process=dead_process()))
        assert log.recent(1)[0].state == RunState.CRASHED
        assert "run it again" in log.recent(1)[0].error

    def test_a_run_whose_process_is_there_goes_on_however_long_it_is_silent(self, tmp_path):
        log_in(tmp_path).begin(running())
        later = log_in(tmp_path, NOON + timedelta(hours=9))
        assert later.recent(1)[0].state == RunState.RUNNING

    def test_a_process_out_of_sight_is_gone_when_it_is_silent_for_long(self, tmp_path):
        log_in(tmp_path).begin(running(process=far_process()))
        assert log_in(tmp_path, NOON + SILENCE).recent(1)[0].state == RunState.RUNNING
        later = log_in(tmp_path, NOON + SILENCE + timedelta(seconds=1))
        assert later.recent(1)[0].state == RunState.CRASHED

    def test_the_next_run_of_the_title_writes_the_crash_down(self, tmp_path):
        here = log_in(tmp_path)
        dead = running(process=dead_process())
        here.begin(dead)
        here.begin(running(1))
        elsewhere = BlobRunLog(FolderBlobs(tmp_path), now=lambda: NOON, alive=lambda _: True)
        assert [one.state for one in elsewhere.recent(2)] == [RunState.RUNNING, RunState.CRASHED]

    def test_a_damaged_record_is_left_out_and_said(self, tmp_path, caplog):
        log = log_in(tmp_path)
        log.begin(run())
        log.begin(run(1))
        (document,) = tmp_path.glob(f"log/*/*/{run().run_id}.json")
        document.write_bytes(b'{"run_id": ')
        assert len(log_in(tmp_path).recent(9)) == 1
        assert "damaged" in caplog.text
