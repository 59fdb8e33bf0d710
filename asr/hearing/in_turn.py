"""Working on a stream of things with several threads; the results come in the stream's order."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


def in_turn(work: Callable[[T], R], things: Iterable[T], *, threads: int) -> Iterator[R]:
    """What the work makes of each thing, in their order.

    At most one thing more than there are threads is taken from the stream ahead of the results:
    it is taken, by the caller's own thread, while the others work. The first error, of the work or
    of the stream, ends it as it would end a loop; nothing is left running then.

    Args:
        work: What several threads may do at the same time.
        things: Taken one by one.
        threads: That work beside the caller's own.
    """
    with ThreadPoolExecutor(max_workers=threads) as workers:
        begun: deque[Future[R]] = deque()
        try:
            for thing in things:
                begun.append(workers.submit(work, thing))
                if len(begun) > threads:
                    yield begun.popleft().result()
            while begun:
                yield begun.popleft().result()
        finally:
            for future in begun:
                future.cancel()
