"""How this process keeps the memory that its models work in."""

import ctypes
import sys

# Parameters of glibc's `mallopt`, numbered in its <malloc.h>.
_TRIM_THRESHOLD, _MMAP_MAX, _ARENA_MAX = -1, -4, -8
# Free memory at the end of the heap up to this much is kept.
_KEPT_BYTES = 1 << 30


def keep_work_memory() -> None:
    """Let freed memory be used again, instead of being handed back and asked for anew.

    By default every large matrix of a model (72 MB for half a minute of sound) is mapped by the
    kernel, page by page, and unmapped again: 8.4 of 74 processor seconds of recognising 11 minutes,
    1.8 of 68 with this; 690 MB of memory at most, 870 with this. The results are the same.

    Reaches threads that have not allocated yet, so it belongs at the start. Where the C library is
    another one, nothing happens.
    """
    if sys.platform != "linux":
        return
    library = ctypes.CDLL(None)
    if not hasattr(library, "gnu_get_libc_version"):
        return
    # One heap for all threads, since only the first can grow beyond 64 MB.
    library.mallopt(_ARENA_MAX, 1)
    library.mallopt(_MMAP_MAX, 0)
    library.mallopt(_TRIM_THRESHOLD, _KEPT_BYTES)
