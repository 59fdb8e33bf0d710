"""Memory that a model has worked in once is not asked of the kernel again."""

import subprocess
import sys

import pytest

_BYTES = 72 << 20
_FAULTS_OF_A_NEW_MAPPING = _BYTES // 4096
_SCRIPT = f"""
import resource, sys, threading
if sys.argv[1] == "kept":
    from flows.process_memory import keep_work_memory
    keep_work_memory()

def faults():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    bytearray(b"1") * {_BYTES}
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before

def work():
    faults()
    print(faults())

thread = threading.Thread(target=work)
thread.start()
thread.join()
"""


def _faults(manner):
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT, manner], capture_output=True, text=True, check=True
    )
    return int(done.stdout)


@pytest.mark.skipif(sys.platform != "linux", reason="tunes glibc alone")
def test_a_thread_that_frees_a_large_matrix_gets_the_same_memory_again():
    assert _faults("kept") < _FAULTS_OF_A_NEW_MAPPING / 100
    assert _faults("as it is") > _FAULTS_OF_A_NEW_MAPPING / 100
