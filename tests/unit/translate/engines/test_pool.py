"""One loaded engine a process, within a limit."""

import gc
import threading
import weakref
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st
from translate_fakes import ScriptedTranslator, greek, pair, sentence

from translate.engines.pool import EnginePool, PooledTranslator, folder_size_mb


class Engine:
    """Something that takes memory."""


class Loader:
    """Makes engines and counts them."""

    def __init__(self):
        self.made = 0

    def __call__(self):
        self.made += 1
        return Engine()


def use(pool, key, load, size_mb=10.0):
    with pool.get(key, load, size_mb) as engine:
        return engine


def test_eight_threads_load_one_engine():
    pool, load = EnginePool(100), Loader()
    together = threading.Barrier(8)

    def asked(_):
        together.wait()
        return use(pool, "model", load)

    with ThreadPoolExecutor(8) as threads:
        engines = set(threads.map(asked, range(8)))
    assert len(engines) == 1
    assert load.made == 1


def test_the_one_unused_for_longest_goes_first():
    pool, loads = EnginePool(20), {key: Loader() for key in "abc"}
    for key in "abac":  # b was last used before a
        use(pool, key, loads[key])
    assert pool.size_mb == 20
    for key in "ac":
        use(pool, key, loads[key])
    assert {key: load.made for key, load in loads.items()} == {"a": 1, "b": 1, "c": 1}
    use(pool, "b", loads["b"])
    assert loads["b"].made == 2


def test_what_is_in_use_stays_and_goes_when_it_is_given_back():
    pool = EnginePool(10)
    with pool.get("a", Loader(), 10) as first:
        with pool.get("b", Loader(), 10):
            assert pool.size_mb == 20
            with pool.get("a", Loader(), 10) as again:
                assert again is first
        assert pool.size_mb == 10
    assert pool.size_mb == 10


def test_an_engine_that_is_dropped_is_gone_from_memory():
    pool = EnginePool(10)
    there = weakref.ref(use(pool, "a", Loader()))
    use(pool, "b", Loader())
    gc.collect()
    assert there() is None


def test_an_engine_larger_than_the_limit_serves_and_is_not_kept():
    pool, load = EnginePool(5), Loader()
    assert isinstance(use(pool, "large", load, 50), Engine)
    assert pool.size_mb == 0
    use(pool, "large", load, 50)
    assert load.made == 2


def test_a_load_that_fails_is_an_error_and_the_next_caller_tries_again():
    pool, load = EnginePool(100), Loader()

    def broken():
        raise OSError("disk")

    with pytest.raises(OSError, match="disk"):
        use(pool, "model", broken)
    assert pool.size_mb == 0
    assert isinstance(use(pool, "model", load), Engine)


@given(st.lists(st.tuples(st.sampled_from("abcde"), st.integers(1, 60)), max_size=30))
def test_nothing_unused_is_kept_beyond_the_limit(uses):
    sizes = {}
    pool = EnginePool(100)
    for key, size in uses:
        use(pool, key, Engine, sizes.setdefault(key, size))
        assert pool.size_mb <= 100


def test_the_size_of_a_model_is_that_of_its_files(tmp_path):
    (tmp_path / "model.bin").write_bytes(b"x" * 1_500_000)
    (tmp_path / "config.json").write_bytes(b"x" * 500_000)
    assert folder_size_mb(tmp_path) == pytest.approx(2)


def test_a_pooled_engine_is_loaded_by_its_first_sentence_and_by_nothing_before():
    engine = ScriptedTranslator()
    loads = []
    pooled = PooledTranslator(
        EnginePool(0),
        lambda: loads.append(1) or engine,
        signature=engine.signature,
        supports=engine.supports,
        size_mb=1,
    )
    wanted = pair("en", "fr")
    assert pooled.signature == engine.signature
    assert pooled.supports(wanted)
    assert not pooled.uses_context
    assert loads == []
    assert pooled.translate([sentence("hello")], wanted)[0].text == greek("hello")
    assert pooled.translate_mixed([(sentence("hello"), wanted)])[0].text == greek("hello")
    assert loads == [1, 1]  # a limit of nothing keeps nothing
