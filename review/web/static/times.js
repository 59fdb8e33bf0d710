// Times in the title: whole milliseconds inside, `1:02.120` for people, frames for the film.

const MS = { hour: 3600000, minute: 60000, second: 1000 };
const TIME = /^(?:(?:(\d{1,2}):)?(\d{1,3}):)?(\d{1,5})(?:[.,](\d{1,3}))?$/u;

/** Position in the title, as the server writes it: `1:02.120` or `1:01:02.120`. */
export function clockText(timeMs) {
  const hours = Math.floor(timeMs / MS.hour);
  const minutes = Math.floor((timeMs % MS.hour) / MS.minute);
  const seconds = Math.floor((timeMs % MS.minute) / MS.second);
  const rest = `${pad(seconds, 2)}.${pad(timeMs % MS.second, 3)}`;
  return hours ? `${hours}:${pad(minutes, 2)}:${rest}` : `${minutes}:${rest}`;
}

/** Length of a cue: `1.90 s`. */
export function durationText(durationMs) {
  return `${(durationMs / MS.second).toFixed(2)} s`;
}

/** What somebody typed as a time (`62.12`, `1:02,120`, `1:01:02`) in milliseconds, or null. */
export function parseTime(text) {
  const found = TIME.exec(text.trim());
  if (!found) return null;
  const [, hours = "0", minutes, seconds, fraction = ""] = found;
  if (minutes !== undefined && Number(seconds) >= 60) return null;
  const whole = Number(hours) * MS.hour + Number(minutes ?? 0) * MS.minute + Number(seconds) * MS.second;
  return whole + Number(fraction.padEnd(3, "0"));
}

const STRETCH = /(\d+:\d\d:\d\d\.\d)–(\d+:\d\d:\d\d\.\d)/gu;

/** The stretches of the title that a finding speaks of: `[{startMs, endMs, text}]`. */
export function stretchesIn(words) {
  return [...words.matchAll(STRETCH)].map(([text, from, until]) => ({
    startMs: parseTime(from),
    endMs: parseTime(until),
    text,
  }));
}

/** The instants a cue may start or end at: whole frames, or milliseconds where there are none. */
export class FrameGrid {
  /** @param rate such as `24000/1001`; empty for audio alone and for a variable frame rate */
  constructor(rate) {
    const [numerator, denominator = 1] = rate ? rate.split("/").map(Number) : [];
    this.frames = numerator ?? 1;
    this.unitMs = numerator ? MS.second * denominator : 1;
    this.isFilm = Boolean(numerator);
  }

  /** How far one frame is; where there are none, a fortieth of a second is as fine. */
  get frameMs() {
    return this.isFilm ? this.unitMs / this.frames : 25;
  }

  /** The instant nearest to this time. */
  nearest(timeMs) {
    return this.#instant(this.#frameOf(timeMs));
  }

  /** So many frames later, on the grid. */
  step(timeMs, frames) {
    return this.isFilm ? this.#instant(this.#frameOf(timeMs) + frames) : timeMs + frames * this.frameMs;
  }

  #frameOf(timeMs) {
    return Math.floor((2 * timeMs * this.frames + this.unitMs) / (2 * this.unitMs));
  }

  /** Half way to the even millisecond, as the pipeline rounds. */
  #instant(frame) {
    const whole = Math.floor((frame * this.unitMs) / this.frames);
    const rest = frame * this.unitMs - whole * this.frames;
    return whole + (2 * rest + (whole % 2) > this.frames ? 1 : 0);
  }
}

function pad(number, length) {
  return String(number).padStart(length, "0");
}
