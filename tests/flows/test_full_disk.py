"""A disk that is full in the middle: said with what to do, nothing half-written, on it goes."""

import pytest
from command import environment
from full_disk import on_small_disk
from sentences_film import make_sentences

STORE = """
from flows.artifacts.store import FolderArtifactStore
from flows.errors import CannotWriteError
store, told = FolderArtifactStore(disk), []
small, large = b"s" * 1_000, b"l" * 300_000
store.write("stage", "small", small)
leave_free(100)
for _ in range(2):
    try:
        store.write("stage", "large", large)
    except CannotWriteError as error:
        told.append(str(error))
whole = store.read(store.find("stage", "small")) == small
missing = store.find("stage", "large") is None
left = unfinished()
leave_free(1_000)
store.write("stage", "large", large)
after = store.read(store.find("stage", "large")) == large
print(json.dumps([told, whole, missing, left, after]))
"""


def test_a_result_that_does_not_fit_is_not_stored_and_what_was_stored_stays(tmp_path):
    told, whole, missing, left, after = on_small_disk(tmp_path / "disk", STORE)
    assert len(told) == 2
    assert all(str(tmp_path / "disk") in line and "disk is full" in line for line in told)
    assert (whole, missing, left, after) == (True, True, [], True)


RUN = """
home, out = disk / "home", disk / "out"
home.mkdir()
(home / "models").symlink_to({models!r})
os.environ["POLYCUE_HOME"] = str(home)
command = [sys.executable, "-m", "flows.cli", "run", {media!r}, "--to", "pt-BR", "--out", str(out),
           "--speech-model", {speech!r}]
ended = []
for kilobytes in (16, 100, 220, 500, 800, 1_100, 8_000):
    leave_free(kilobytes)
    done = subprocess.run(command, capture_output=True, text=True)
    srt = list(out.glob("*.srt"))
    whole = all(path.read_text().rstrip() for path in srt)
    ended.append([kilobytes, done.returncode, done.stderr, unfinished(), len(srt), whole])
print(json.dumps(ended))
"""


@pytest.mark.engine
@pytest.mark.slow
def test_a_run_on_a_disk_that_is_full_again_and_again_comes_through_in_the_end(
    tmp_path, models_folder, tiny_model
):
    media = make_sentences(tmp_path / "sentences.flac")
    script = RUN.format(models=str(models_folder), media=str(media), speech=str(tiny_model))
    ended = on_small_disk(
        tmp_path / "disk", script, megabytes=12, env=environment(tmp_path / "home")
    )
    for kilobytes, code, err, left, _, whole in ended[:-1]:
        assert code in {0, 7}, (kilobytes, err)
        assert left == []
        assert whole
        if code == 7:
            assert "disk is full" in err
            assert "cannot write" in err.splitlines()[-1]
            assert str(tmp_path) in err.splitlines()[-1]
            assert "free some space" in err
    assert ended[0][1] == 7
    kilobytes, code, _, *rest = ended[-1]
    assert (kilobytes, code, *rest) == (8_000, 0, [], 2, True)
