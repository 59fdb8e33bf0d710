// Which cue is shown when. Cues are in order, each with `startMs` and `endMs`.

/** The cue on screen at this time, or null in a gap. */
export function cueAt(cues, timeMs) {
  const cue = lastStartedBy(cues, timeMs);
  return cue && timeMs < cue.endMs ? cue : null;
}

/** The cue on screen, or the one that was last; null before the first. */
export function lastStartedBy(cues, timeMs) {
  return cues[countStartedBy(cues, timeMs) - 1] ?? null;
}

/** How many cues have come by this time. */
export function countStartedBy(cues, timeMs) {
  let low = 0;
  let high = cues.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cues[middle].startMs <= timeMs) low = middle + 1;
    else high = middle;
  }
  return low;
}
