// The panel of a cue's history: who did what when, what the text was before, and the way back to it.

import { element } from "../element.js";
import { compared } from "./cue.js";

export class HistoryPanel {
  constructor(panel, api) {
    this.panel = panel;
    this.api = api;
    this.row = null;
    this.asked = "";
  }

  /** Another row, or another state of it; asks only while somebody looks. */
  show(row) {
    this.row = row;
    if (!this.panel.hidden) this.#ask();
  }

  opened() {
    if (this.row) this.#ask();
  }

  async #ask() {
    const { row } = this;
    const asked = `${row.cueId} ${row.version} ${row.box.dataset.state}`;
    if (asked === this.asked) return;
    this.asked = asked;
    const list = this.panel.querySelector(".events");
    const answer = await this.api.events(row.cueId);
    if (asked !== this.asked) return; // somebody went on to another cue meanwhile
    if (answer.kind !== "ok") {
      this.asked = "";
      list.replaceChildren(element("li", {}, `Not available: ${answer.message}`));
      return;
    }
    const lines = linesOf(answer.body, row);
    list.replaceChildren(...(lines.length ? lines : [element("li", {}, "Nobody has touched this cue.")]));
  }
}

/** Latest first. An edit tells the text before it; the text after it is what the next one tells. */
function linesOf(events, row) {
  let after = row.text;
  return events.map((event) => {
    const line = headOf(event);
    if (event.detail_name === "before") {
      line.append(textBlock(compared(event.detail, after), row));
      if (row.field && event.detail !== row.text) line.append(backButton(row, event.detail));
      after = event.detail;
    } else if (event.detail) {
      line.append(element("p", { class: "quiet-text" }, `${event.detail_name}: `, element("bdi", {}, event.detail)));
    }
    return line;
  });
}

function headOf(event) {
  const at = new Date(event.at).toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
  const line = element("li", {}, element("bdi", {}, event.actor), ` ${event.what} `);
  line.append(element("time", { datetime: event.at, class: "quiet-text" }, at));
  return line;
}

function textBlock(parts, row) {
  const block = element("p", { class: "text-block", dir: row.dir, lang: row.lang });
  block.append(...parts);
  return block;
}

function backButton(row, text) {
  const button = element("button", { type: "button", class: "fix", title: text }, "Back to the text before");
  button.addEventListener("click", () => row.setText(text));
  return button;
}
