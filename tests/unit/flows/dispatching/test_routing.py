"""Some work is done here, the rest is started elsewhere."""

from flows.dispatching.port import LOCALIZE, PUBLISH
from flows.dispatching.routing import RoutedStarter


class Noting:
    def __init__(self, *, is_done):
        self.is_done, self.started = is_done, []

    def start(self, deployment, parameters, idempotency_key):
        self.started.append((deployment, parameters, idempotency_key))
        return self.is_done


def test_work_goes_to_whoever_is_named_for_it_and_all_else_the_usual_way():
    here, elsewhere = Noting(is_done=True), Noting(is_done=False)
    starter = RoutedStarter(elsewhere, {PUBLISH: here})
    assert starter.start(PUBLISH, {"request": {}}, "a") is True
    assert starter.start(LOCALIZE, {"request": {}}, "b") is False
    assert here.started == [(PUBLISH, {"request": {}}, "a")]
    assert elsewhere.started == [(LOCALIZE, {"request": {}}, "b")]
