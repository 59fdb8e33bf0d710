// The times of the active cue as two fields in its row: what the timeline does, without a pointer.

import { clockText, parseTime } from "./times.js";

const ARROWS = { ArrowUp: 1, ArrowDown: -1 };

export class TimesEditor {
  /**
   * @param fields the element that holds both inputs; it moves into the active row
   * @param on `{set(row, span, edge), nudge(row, edge, {frames})}`
   */
  constructor(fields, on) {
    this.fields = fields;
    this.on = on;
    this.row = null;
    [this.start, this.end] = fields.querySelectorAll("input");
    for (const [input, edge] of [[this.start, "start"], [this.end, "end"]]) {
      input.addEventListener("change", () => this.#typed(input, edge));
      input.addEventListener("keydown", (event) => this.#pressed(event, input, edge));
    }
  }

  /** Stand in this row. */
  show(row) {
    if (row !== this.row) {
      this.row?.box.classList.remove("timed");
      this.row = row;
      row.box.classList.add("timed");
      row.box.querySelector(".times").after(this.fields);
      this.fields.hidden = false;
      this.start.setAttribute("aria-label", `Cue ${row.number} starts at`);
      this.end.setAttribute("aria-label", `Cue ${row.number} ends at`);
    }
    this.draw();
  }

  /** The row's times have changed. */
  draw() {
    for (const [input, timeMs] of [[this.start, this.row.startMs], [this.end, this.row.endMs]]) {
      input.value = clockText(timeMs);
      input.removeAttribute("aria-invalid");
    }
  }

  #typed(input, edge) {
    const timeMs = parseTime(input.value);
    if (timeMs === null) {
      input.setAttribute("aria-invalid", "true");
      return;
    }
    const { startMs, endMs } = this.row;
    this.on.set(this.row, edge === "start" ? { startMs: timeMs, endMs } : { startMs, endMs: timeMs }, edge);
  }

  #pressed(event, input, edge) {
    const frames = ARROWS[event.key];
    if (event.key === "Enter") {
      event.preventDefault();
      this.#typed(input, edge);
    } else if (event.key === "Escape") {
      this.draw();
    } else if (frames && !event.altKey && !event.ctrlKey) {
      event.preventDefault();
      event.stopPropagation();
      this.on.nudge(this.row, edge, { frames });
    }
  }
}
