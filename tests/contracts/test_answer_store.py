"""What every answer store promises, on the SQLite file and on the fake."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from random import Random

import pytest
from answer_fakes import InMemoryAnswerStore
from two_processes import in_two_processes

from flows.answers import SqliteAnswerStore
from translate.translator import Link, Rendering, Translation

LINKS = (Link((0, 4), (0, 3), 0.75), Link((5, 9), (4, 11)))
RICH = Translation(
    text="Olá, \u202emundo 😀",
    score=-0.25,
    alignment=LINKS,
    candidates=(Rendering(text="Oi", score=-1.5), Rendering(text="Alô")),
)


def key(number):
    return f"{number:064x}"


@pytest.fixture(params=["sqlite", "memory"])
def store(request, tmp_path):
    if request.param == "memory":
        yield InMemoryAnswerStore()
    else:
        kept = SqliteAnswerStore(tmp_path / "new" / "answers.db")
        yield kept
        kept.close()


class TestAnswerStore:
    def test_what_was_never_written_is_absent(self, store):
        assert store.read([key(1)]) == {}
        assert store.read([]) == {}

    def test_an_answer_comes_back_with_scores_links_and_candidates(self, store):
        store.write({key(1): RICH})
        assert store.read([key(2), key(1)]) == {key(1): RICH}

    def test_a_second_answer_replaces_the_first(self, store):
        store.write({key(1): RICH})
        store.write({key(1): Translation(text="b"), key(2): RICH})
        assert store.read([key(1)])[key(1)].text == "b"

    def test_thousands_are_read_at_once(self, store):
        answers = {key(number): Translation(text=str(number)) for number in range(2_500)}
        store.write(answers)
        assert store.read(list(answers)) == answers

    def test_threads_may_write_and_read_together(self, store):
        def some(first):
            answers = {key(first * 100 + one): Translation(text=str(one)) for one in range(20)}
            store.write(answers)
            return store.read(list(answers)) == answers

        with ThreadPoolExecutor(8) as pool:
            assert all(pool.map(some, range(24)))


class TestSqliteAnswerStore:
    def test_answers_outlive_the_process(self, tmp_path):
        SqliteAnswerStore(tmp_path / "answers.db").write({key(1): RICH})
        assert SqliteAnswerStore(tmp_path / "answers.db").read([key(1)]) == {key(1): RICH}

    def test_two_processes_share_a_new_file(self, tmp_path):
        path = tmp_path / "answers.db"
        imports = """from pathlib import Path
from flows.answers import SqliteAnswerStore
from translate.translator import Translation

def some(path):
    store = SqliteAnswerStore(Path(path))
    for number in range(40):
        store.write({f"{os.getpid()}-{number}": Translation(text="t")})
"""
        in_two_processes(imports, f"some({str(path)!r})")
        with closing(sqlite3.connect(path)) as database:
            assert database.execute("SELECT count(*) FROM answers").fetchone() == (80,)

    def test_what_was_used_least_lately_goes_when_the_file_is_full(self, tmp_path):
        day = [0]
        store = SqliteAnswerStore(
            tmp_path / "answers.db", max_bytes=120_000, clock=lambda: day[0] * 86_400
        )
        texts = {key(n): Translation(text=Random(n).randbytes(250).hex()) for n in range(400)}
        kept = list(texts)
        store.write({one: texts[one] for one in kept[:100]})
        day[0] = 1
        assert len(store.read(kept[:10])) == 10
        for start in range(100, 400, 50):
            day[0] += 1
            store.write({one: texts[one] for one in kept[start : start + 50]})
            store.read(kept[:10])
        assert len(store.read(kept[:10])) == 10
        assert not store.read(kept[10:100])
        assert store.read(kept[350:]).keys() == set(kept[350:])
        assert (tmp_path / "answers.db").stat().st_size < 200_000

    @pytest.mark.parametrize("damage", ["garbage", "torn"])
    def test_a_damaged_file_is_put_aside_with_a_warning_and_begun_anew(
        self, tmp_path, damage, caplog
    ):
        path = tmp_path / "answers.db"
        store = SqliteAnswerStore(path)
        many = {key(n): Translation(text=key(n)) for n in range(2_000)}
        store.write(many)
        store.close()
        data = path.read_bytes()
        torn = data[:4096] + b"\x07" * (len(data) - 4096)
        path.write_bytes(b"not a database at all" * 400 if damage == "garbage" else torn)
        store = SqliteAnswerStore(path)
        assert store.read(list(many)) == {}
        store.write({key(1): RICH})
        assert store.read([key(1)]) == {key(1): RICH}
        assert "begun anew" in caplog.text
        assert (tmp_path / "answers.damaged").exists()
        store.close()

    def test_a_damaged_answer_counts_as_absent(self, tmp_path):
        store = SqliteAnswerStore(tmp_path / "answers.db")
        store.write({key(1): RICH, key(2): RICH})
        store.close()
        with sqlite3.connect(tmp_path / "answers.db") as database:
            database.execute("UPDATE answers SET answer = x'00ff' WHERE key = ?", (key(1),))
        database.close()
        assert store.read([key(1), key(2)]) == {key(2): RICH}
        store.close()

    def test_where_nothing_can_be_written_it_warns_once_and_forgets(self, tmp_path, caplog):
        (tmp_path / "file").write_text("in the way")
        store = SqliteAnswerStore(tmp_path / "file" / "answers.db")
        store.write({key(1): RICH})
        assert store.read([key(1)]) == {}
        assert caplog.text.count("cannot be used") == 1
