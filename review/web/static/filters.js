// Which cues are listed: all, or those that want something.

import { plural } from "./element.js";

const FITS = {
  all: () => true,
  issues: (row) => row.hasIssue,
  unconfirmed: (row) => !row.isConfirmed,
  stale: (row) => row.isStale,
  commented: (row) => row.commentCount > 0,
};

export class Filters {
  /**
   * A row that ceases to fit stays until the filter is chosen again: nobody's cue vanishes from
   * under the cursor.
   *
   * @param box the element with the choice and the words for what it lists
   */
  constructor(box, track) {
    this.track = track;
    this.choice = box.querySelector("select");
    this.words = box.querySelector(".listed");
    this.choice.addEventListener("change", () => this.apply());
  }

  apply() {
    const fits = FITS[this.choice.value];
    for (const row of this.track.rows) row.box.hidden = !fits(row);
    this.draw();
  }

  draw() {
    const { rows } = this.track;
    const count = rows.filter((row) => !row.box.hidden).length;
    this.words.textContent = count === rows.length ? plural(count, "cue") : `${count} of ${plural(rows.length, "cue")}`;
  }
}
