// The counts in the head of the page: how many cues are confirmed, how many findings are left.

import { plural } from "./element.js";

export class Tally {
  constructor(track) {
    this.track = track;
    this.bar = document.getElementById("progress");
    this.words = document.getElementById("confirmed-count");
    this.chips = [...document.querySelectorAll("#issue-count [data-count]")];
    // Findings on the track as a whole have no row; they count all the same.
    this.ofTheTrack = new Map(
      this.chips.map((chip) => [chip, Number(chip.dataset.total) - track.count(chip.dataset.count)]),
    );
  }

  draw() {
    const { rows } = this.track;
    const confirmed = rows.filter((row) => row.isConfirmed).length;
    this.bar.max = rows.length || 1;
    this.bar.value = confirmed;
    this.words.textContent = `${confirmed} of ${rows.length} confirmed`;
    for (const chip of this.chips) {
      const count = this.ofTheTrack.get(chip) + this.track.count(chip.dataset.count);
      chip.hidden = count === 0;
      chip.textContent = plural(count, chip.dataset.count);
    }
  }
}
