// What the server knows of the title's sound and picture: peaks, shot changes, speech.

/** The stretch of a title about which nothing is known: a plain ruler. */
export const NOTHING = Object.freeze({ durationMs: 0, peaksHz: 0, peaks: new Int8Array(), shotChangesMs: [], speech: [] });

/** The server's answer as the timeline wants it. */
export function timelineOf(answer) {
  return {
    durationMs: answer.duration_ms,
    peaksHz: answer.peaks_hz,
    peaks: bytesOf(answer.peaks),
    shotChangesMs: answer.shot_changes_ms,
    speech: answer.speech,
  };
}

/** The lowest and highest peak of a stretch, each -1…1; null where there is no sound known. */
export function peaksBetween({ peaks, peaksHz }, fromMs, untilMs) {
  const first = Math.max(0, Math.floor((fromMs * peaksHz) / 1000));
  const last = Math.min(peaks.length / 2, Math.max(first + 1, Math.ceil((untilMs * peaksHz) / 1000)));
  if (first >= last) return null;
  let [low, high] = [127, -128];
  for (let at = first; at < last; at += 1) {
    low = Math.min(low, peaks[2 * at]);
    high = Math.max(high, peaks[2 * at + 1]);
  }
  return [low / 128, high / 127];
}

function bytesOf(base64) {
  const text = atob(base64);
  return Int8Array.from(text, (one) => one.charCodeAt(0));
}
