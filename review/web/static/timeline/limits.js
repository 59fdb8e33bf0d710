// Where a cue may go: never over its neighbours, never shorter than a moment.

/**
 * The span somebody asks for, as far as there is room.
 *
 * @param wanted `{startMs, endMs}`
 * @param edge "start", "end", or "body" (both move, and the cue keeps its length)
 * @param room `{fromMs, untilMs, shortestMs}`
 */
export function fitted(wanted, edge, { fromMs, untilMs, shortestMs }) {
  let { startMs, endMs } = wanted;
  if (edge === "start") {
    startMs = Math.min(Math.max(startMs, fromMs), endMs - shortestMs);
  } else if (edge === "end") {
    endMs = Math.max(Math.min(endMs, untilMs), startMs + shortestMs);
  } else {
    const lengthMs = endMs - startMs;
    startMs = Math.max(Math.min(startMs, untilMs - lengthMs), fromMs);
    endMs = startMs + lengthMs;
  }
  return { startMs, endMs };
}

/** The room between the neighbours of a row. */
export function roomOf(track, row, { shortestMs, titleMs }) {
  return {
    fromMs: track.beside(row, -1)?.endMs ?? 0,
    untilMs: track.beside(row, 1)?.startMs ?? Math.max(titleMs ?? Infinity, row.endMs),
    shortestMs,
  };
}

/** The mark nearest to this time, or the time itself when none is within reach. */
export function snapped(timeMs, marksMs, reachMs) {
  let [best, distance] = [timeMs, reachMs];
  for (const markMs of marksMs) {
    const away = Math.abs(markMs - timeMs);
    if (away <= distance) [best, distance] = [markMs, away];
  }
  return best;
}
