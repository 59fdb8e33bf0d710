// The cues as a list: which one is active, which are listed, and how to get to another.

export class Grid {
  /** @param activated called with the row that became active */
  constructor(track, { activated }) {
    this.track = track;
    this.active = null;
    this.activated = activated;
  }

  /** Rows that the filter lets through. */
  get listed() {
    return this.track.rows.filter((row) => !row.box.hidden);
  }

  rowOf(element) {
    return this.track.rowOf(element);
  }

  activate(row, { scroll = false } = {}) {
    if (row && row !== this.active) {
      this.active?.box.classList.remove("active");
      this.active?.box.removeAttribute("aria-current");
      row.box.classList.add("active");
      row.box.setAttribute("aria-current", "true");
      this.active = row;
      this.activated(row);
    }
    if (row && scroll) this.#scrollTo(row);
  }

  /** Make it active and put the cursor into its field. */
  edit(row) {
    if (!row) return;
    this.activate(row, { scroll: true });
    (row.field ?? row.box.querySelector(".cue-play")).focus({ preventScroll: true });
  }

  /** The listed row so many places on, or the last one there is. */
  step(offset) {
    const { listed } = this;
    const index = this.active ? listed.indexOf(this.active) : -1;
    return listed[Math.min(Math.max(index + offset, 0), listed.length - 1)] ?? null;
  }

  /** The next row after the active one that fits, going round once; whether it is listed or not. */
  find(fits, direction = 1) {
    const { rows } = this.track;
    const from = this.active ? rows.indexOf(this.active) : direction > 0 ? -1 : 0;
    for (let step = 1; step <= rows.length; step += 1) {
      const index = (from + direction * step + rows.length * 2) % rows.length;
      if (fits(rows[index])) return rows[index];
    }
    return null;
  }

  #scrollTo(row) {
    row.box.hidden = false; // asked for by name: the filter gives way
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    row.box.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
  }
}
