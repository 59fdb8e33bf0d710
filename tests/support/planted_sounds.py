"""Sounds without speech, and speech made soft, at 16 kHz: the same from the same seed."""

import numpy as np
from numpy.typing import NDArray

RATE_HZ = 16_000
Samples = NDArray[np.float32]

# Linear prediction of a vocal tract at 16 kHz: two coefficients per kHz and two more.
_ORDER = 18
_FRAME = 480
_HOP = _FRAME // 4


def room_tone(count: int, rng: np.random.Generator, *, dbfs: float = -75.0) -> Samples:
    """Pink noise as of a quiet room, its root mean square at that level."""
    spectrum = np.fft.rfft(rng.standard_normal(count))
    spectrum /= np.sqrt(np.maximum(np.arange(len(spectrum)), 1))
    return at_level(np.fft.irfft(spectrum, count), dbfs)


def white_noise(count: int, rng: np.random.Generator) -> Samples:
    """As of a detuned radio."""
    return at_level(rng.standard_normal(count), -35.0)


def hum(count: int, rng: np.random.Generator) -> Samples:
    """Mains of 50 Hz with harmonics, swelling and fading."""
    time = np.arange(count) / RATE_HZ
    tones = sum(np.sin(2 * np.pi * 50 * n * time + rng.uniform(0, 6)) / n for n in range(1, 12))
    return at_level(tones * (1 + 0.5 * np.sin(2 * np.pi * 0.3 * time)), -30.0)


def clicks(count: int, rng: np.random.Generator) -> Samples:
    """Steps, typewriters, doors: short decaying noises at uneven times."""
    sound = np.zeros(count)
    length = RATE_HZ // 12
    decay = np.exp(-np.arange(length) / (length / 6))
    for start in np.cumsum(rng.uniform(0.12, 0.7, count // RATE_HZ * 3)) * RATE_HZ:
        if int(start) + length < count:
            sound[int(start) : int(start) + length] += rng.standard_normal(length) * decay
    return at_level(sound, -28.0)


def music(count: int, rng: np.random.Generator) -> Samples:
    """Chords and a melody of plucked tones over a beat."""
    sound = np.zeros(count + RATE_HZ)
    step = RATE_HZ // 4
    for beat in range(count // step):
        root = 110 * 2 ** ((0, 5, 7, 3)[beat // 8 % 4] / 12)
        for interval in (0, 7, int(rng.choice([12, 15, 16, 19, 22, 24]))):
            tone = _plucked(root * 2 ** (interval / 12))
            sound[beat * step : beat * step + len(tone)] += tone
        drum = rng.standard_normal(step // 4) * np.exp(-np.arange(step // 4) / 200)
        sound[beat * step : beat * step + len(drum)] += 0.6 * drum * (beat % 2)
    return at_level(sound[:count], -22.0)


def _plucked(hertz: float) -> NDArray[np.float64]:
    time = np.arange(RATE_HZ) / RATE_HZ
    partials = sum(np.sin(2 * np.pi * hertz * n * time) / n**1.5 for n in range(1, 9))
    return partials * np.exp(-4 * time)


def whispered(speech: Samples, rng: np.random.Generator) -> Samples:
    """The speech without voice: its vocal tract, frame by frame, excited by noise.

    The folds of a whisperer do not vibrate: breath takes the place of the tone, and what is left
    are the resonances. Low frequencies go as they do in a whisper.
    """
    window = np.hanning(_FRAME)
    padded = np.pad(speech.astype(np.float64), (_FRAME, 2 * _FRAME))
    noise = rng.standard_normal(len(padded))
    made = np.zeros(len(padded))
    tilt = np.clip(np.fft.rfftfreq(_FRAME, 1 / RATE_HZ) / 800, 0.05, 1)
    for start in range(0, len(padded) - _FRAME, _HOP):
        frame = padded[start : start + _FRAME] * window
        power = np.mean(frame**2)
        if power < 1e-10:
            continue
        envelope = tilt / np.maximum(np.abs(np.fft.rfft(_predictor(frame), _FRAME)), 1e-3)
        breath = np.fft.irfft(np.fft.rfft(noise[start : start + _FRAME] * window) * envelope)
        breath *= np.sqrt(power / max(np.mean(breath**2), 1e-12))
        made[start : start + _FRAME] += breath * window
    return at_level(made[_FRAME : _FRAME + len(speech)], level_db(speech))


def _predictor(frame: NDArray[np.float64]) -> NDArray[np.float64]:
    """Coefficients 1, −a1, … of the filter that flattens a frame (autocorrelation method)."""
    spectrum = np.abs(np.fft.rfft(frame, 2 * len(frame))) ** 2
    lags = np.fft.irfft(spectrum)[: _ORDER + 1]
    lags[0] *= 1.0001
    distance = np.abs(np.subtract.outer(np.arange(_ORDER), np.arange(_ORDER)))
    return np.concatenate(([1.0], -np.linalg.solve(lags[distance], lags[1:])))


def level_db(samples: Samples) -> float:
    """Root mean square of the louder half (the words, not the pauses), in dBFS."""
    frames = samples[: len(samples) // 320 * 320].astype(np.float64).reshape(-1, 320)
    powers = np.sort(np.mean(frames**2, axis=1))
    return float(10 * np.log10(np.mean(powers[len(powers) // 2 :]) + 1e-12))


def at_level(samples: NDArray[np.float64], dbfs: float) -> Samples:
    """The samples with their root mean square at a level, clipped at full scale."""
    power = float(np.mean(np.square(samples))) or 1.0
    gain = 10 ** (dbfs / 20) / np.sqrt(power)
    return np.clip(samples * gain, -1, 1).astype(np.float32)
