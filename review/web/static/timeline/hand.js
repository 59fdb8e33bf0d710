// The pointer on the timeline: press to seek, drag a cue or one of its edges, wheel to move and zoom.

import { countStartedBy } from "../cue_at.js";
import { snapped } from "./limits.js";

const EDGE_PIXELS = 6;
const SNAP_PIXELS = 8;
// A hand is never quite still; less than this is a press, not a drag.
const STILL_PIXELS = 3;
const CURSOR = { start: "ew-resize", end: "ew-resize", body: "grab" };

export class Hand {
  /**
   * @param canvas the timeline's
   * @param view `{scale, rows, isEditor, marksMs(row, edge), isSnapping()}`
   * @param on `{seek(ms), take(row), edit(row), drag(row, span, edge, snapMs), drop(), cancel(), moved()}`
   */
  constructor(canvas, view, on) {
    this.canvas = canvas;
    this.view = view;
    this.on = on;
    this.grip = null; // what is being dragged
    canvas.addEventListener("pointerdown", (event) => this.#down(event));
    canvas.addEventListener("pointermove", (event) => this.#move(event));
    canvas.addEventListener("pointerup", (event) => this.#up(event));
    canvas.addEventListener("pointercancel", () => this.#cancel());
    canvas.addEventListener("dblclick", (event) => this.#edit(event));
    canvas.addEventListener("wheel", (event) => this.#wheel(event), { passive: false });
    document.addEventListener("keydown", (event) => event.key === "Escape" && this.#cancel());
  }

  /** What is under the pointer: `{row, edge}`, or null in a gap. */
  #hit(x) {
    const { scale, rows, isEditor } = this.view;
    const reach = isEditor ? EDGE_PIXELS : 0;
    const last = countStartedBy(rows, scale.timeAt(x + reach));
    for (const row of [rows[last - 1], rows[last - 2]]) {
      if (!row) continue;
      const [left, right] = [scale.xOf(row.startMs), scale.xOf(row.endMs)];
      if (x < left - reach || x > right + reach) continue;
      // In a short cue the middle third stays its body.
      const edge = Math.min(reach, (right - left) / 3);
      if (isEditor && x <= left + edge) return { row, edge: "start" };
      if (isEditor && x >= right - edge) return { row, edge: "end" };
      return { row, edge: "body" };
    }
    return null;
  }

  #down(event) {
    if (event.button !== 0) return;
    const hit = this.#hit(event.offsetX);
    this.canvas.setPointerCapture(event.pointerId);
    this.grip = { hit, fromX: event.offsetX, isDragging: false, span: hit && { startMs: hit.row.startMs, endMs: hit.row.endMs } };
    if (hit) this.on.take(hit.row);
  }

  #move(event) {
    const { grip } = this;
    if (!grip) {
      const hit = this.#hit(event.offsetX);
      this.canvas.style.cursor = (this.view.isEditor && CURSOR[hit?.edge]) || "";
      return;
    }
    const moved = event.offsetX - grip.fromX;
    if (!this.view.isEditor || !grip.hit || (!grip.isDragging && Math.abs(moved) < STILL_PIXELS)) return;
    grip.isDragging = true;
    this.#drag(grip, this.view.scale.lengthOf(moved), event.shiftKey);
  }

  #drag({ hit: { row, edge }, span }, byMs, isFree) {
    const at = (timeMs) => Math.round(timeMs + byMs);
    const wanted = {
      startMs: edge === "end" ? span.startMs : at(span.startMs),
      endMs: edge === "start" ? span.endMs : at(span.endMs),
    };
    const snapMs = isFree || !this.view.isSnapping() ? null : this.#snap(row, wanted, edge);
    this.on.drag(row, wanted, edge, snapMs);
  }

  /** Pull what moves onto the nearest mark; gives that mark, or null. */
  #snap(row, wanted, edge) {
    const reach = this.view.scale.lengthOf(SNAP_PIXELS);
    const marks = this.view.marksMs(row);
    const pulls = [];
    if (edge !== "end") pulls.push(snapped(wanted.startMs, marks, reach) - wanted.startMs);
    if (edge !== "start") pulls.push(snapped(wanted.endMs, marks, reach) - wanted.endMs);
    const pull = pulls.filter(Boolean).sort((one, other) => Math.abs(one) - Math.abs(other))[0];
    if (pull === undefined) return null;
    if (edge !== "end") wanted.startMs += pull;
    if (edge !== "start") wanted.endMs += pull;
    return marks.find((mark) => mark === wanted.startMs || mark === wanted.endMs) ?? null;
  }

  #up(event) {
    const { grip } = this;
    this.grip = null;
    if (!grip) return;
    if (grip.isDragging) this.on.drop();
    else this.on.seek(this.view.scale.timeAt(event.offsetX));
  }

  #cancel() {
    if (this.grip?.isDragging) this.on.cancel();
    this.grip = null;
  }

  #edit(event) {
    const hit = this.#hit(event.offsetX);
    if (hit) this.on.edit(hit.row);
  }

  #wheel(event) {
    event.preventDefault();
    const by = Math.abs(event.deltaX) > Math.abs(event.deltaY) ? event.deltaX : event.deltaY;
    if (event.ctrlKey || event.metaKey) this.view.scale.zoomBy(by < 0 ? 1 : -1, event.offsetX);
    else this.view.scale.panBy(by);
    this.on.moved();
  }
}
