// The cues as a list: which one is active, and how to get to another.

export class Grid {
  /** @param activated called with the row that became active */
  constructor(rows, { activated }) {
    this.rows = rows;
    this.active = null;
    this.activated = activated;
    this.byBox = new Map(rows.map((row) => [row.box, row]));
  }

  rowOf(element) {
    return this.byBox.get(element?.closest?.(".cue")) ?? null;
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

  step(offset) {
    const index = this.active ? this.rows.indexOf(this.active) : -1;
    return this.rows[Math.min(Math.max(index + offset, 0), this.rows.length - 1)] ?? null;
  }

  /** The next row after the active one that fits, going round once. */
  find(fits, direction = 1) {
    const from = this.active ? this.rows.indexOf(this.active) : direction > 0 ? -1 : 0;
    for (let step = 1; step <= this.rows.length; step += 1) {
      const index = (from + direction * step + this.rows.length * 2) % this.rows.length;
      if (fits(this.rows[index])) return this.rows[index];
    }
    return null;
  }

  #scrollTo(row) {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    row.box.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
  }
}
