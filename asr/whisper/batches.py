"""How long the model's input is for a window, and which windows are decoded together (pure).

Whisper was trained on inputs of 30 s, most of them filled with silence, and its encoder's work
grows faster than their length. An input only a little longer than its window gives the same words
in less time; without any silence after it a window now and then ends in a loop.

Inputs have one of a few lengths, and only windows of equal input length share a batch. So what a
window is given never depends on the windows beside it.
"""

from collections.abc import Sequence

WHOLE_INPUT_MS = 30_000
"""What Whisper was trained on."""

BATCH_SIZE = 8
"""Windows at once: more make decoding hardly faster and need more memory."""

_SILENCE_AFTER_MS = 1500
# Finer steps save the encoder silence, but leave few windows of equal length to be decoded
# together: 11 minutes of speech took 42.6 s in steps of 2 s, 37.2 in steps of 5, 39.8 of 10.
_STEP_MS = 5000


def input_ms(window_ms: int, *, whole: bool = False) -> int:
    """How long the input for a window is, silence after it included.

    Args:
        window_ms: At most `WHOLE_INPUT_MS`; what is longer is not heard.
        whole: The input Whisper was trained on, whatever the window.
    """
    wanted = window_ms + _SILENCE_AFTER_MS
    return WHOLE_INPUT_MS if whole else min(WHOLE_INPUT_MS, -(-wanted // _STEP_MS) * _STEP_MS)


def batches(inputs_ms: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    """Indices of inputs to be decoded at once: each index once, equal lengths only, in order."""
    found: list[tuple[int, ...]] = []
    for length_ms in sorted(set(inputs_ms)):
        alike = [index for index, one in enumerate(inputs_ms) if one == length_ms]
        found += [tuple(alike[at : at + BATCH_SIZE]) for at in range(0, len(alike), BATCH_SIZE)]
    return tuple(found)
