from dataclasses import dataclass

import pytest
from flows_fakes import InMemoryArtifactStore
from hypothesis import given
from hypothesis import strategies as st

from flows.artifacts.codec import JsonCodec
from flows.artifacts.store import artifact_key
from flows.stages.once import Stage, compute_once, stored


@dataclass(frozen=True, slots=True)
class Counted:
    number: int


def a_stage(calls, made_from=None, value=7):
    def compute():
        calls.append(1)
        return Counted(value)

    return Stage(
        name="counting", made_from=made_from or {}, codec=JsonCodec(Counted), compute=compute
    )


def test_the_second_time_nothing_is_computed():
    store, calls = InMemoryArtifactStore(), []
    first = compute_once(store, a_stage(calls))
    second = compute_once(store, a_stage(calls))
    assert (first.value, second.value) == (Counted(7), Counted(7))
    assert (first.cached, second.cached) == (False, True)
    assert len(calls) == 1


def test_any_changed_input_is_computed_anew():
    store, calls = InMemoryArtifactStore(), []
    compute_once(store, a_stage(calls, {"model": "a"}))
    compute_once(store, a_stage(calls, {"model": "b"}))
    assert len(calls) == 2


def test_a_stored_value_of_another_shape_is_computed_anew():
    store, calls = InMemoryArtifactStore(), []
    key = artifact_key("counting", {})
    for junk in (b"{}", b'{"number": 0.5}', b"not json"):
        store.write("counting", key, junk)
        assert stored(store, a_stage(calls)) is None
        assert compute_once(store, a_stage(calls)).value == Counted(7)


def test_a_failing_computation_stores_nothing():
    store = InMemoryArtifactStore()
    stage = Stage(name="counting", made_from={}, codec=JsonCodec(Counted), compute=lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        compute_once(store, stage)
    assert stored(store, stage) is None


plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(st.dictionaries(st.text(), plain))
def test_the_key_does_not_depend_on_the_order_of_inputs(made_from):
    backwards = dict(reversed(made_from.items()))
    assert artifact_key("stage", made_from) == artifact_key("stage", backwards)
