// Which cue is shown when. Times are whole milliseconds.

/** Cues in order of their start, each with `startMs` and `endMs`. */
export class Timeline {
  constructor(cues) {
    this.cues = cues;
  }

  /** The cue on screen at this time, or null in a gap. */
  at(timeMs) {
    const cue = this.lastStartedBy(timeMs);
    return cue && timeMs < cue.endMs ? cue : null;
  }

  /** The cue on screen, or the one that was last. */
  lastStartedBy(timeMs) {
    let low = 0;
    let high = this.cues.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.cues[middle].startMs <= timeMs) low = middle + 1;
      else high = middle;
    }
    return low ? this.cues[low - 1] : null;
  }
}
