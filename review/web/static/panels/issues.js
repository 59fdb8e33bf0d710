// The panel of all findings, cue by cue: a click goes there.

import { element } from "../element.js";

export class IssuesPanel {
  /** @param on `{go(row)}` */
  constructor(panel, track, on) {
    this.panel = panel;
    this.track = track;
    this.on = on;
    this.isDue = false;
  }

  opened() {
    this.draw();
  }

  /** Findings have changed somewhere; drawn once, and only while somebody looks. */
  draw() {
    if (this.panel.hidden || this.isDue) return;
    this.isDue = true;
    requestAnimationFrame(() => {
      this.isDue = false;
      this.#list();
    });
  }

  #list() {
    const rows = this.track.rows.filter((row) => row.hasIssue);
    const items = rows.map((row) => this.#item(row));
    this.panel.querySelector(".issues").replaceChildren(...items);
    this.panel.querySelector(".none").hidden = items.length > 0;
  }

  #item(row) {
    const button = element("button", { type: "button", class: "quiet" }, element("b", {}, String(row.number)), " ");
    for (const { label, severity } of row.findings.all.filter((one) => !one.isWaived)) button.append(element("span", { class: `chip ${severity}` }, label), " ");
    button.addEventListener("click", () => this.on.go(row));
    return element("li", {}, button);
  }
}
