// All cues of the task in order, whatever steps make of them.

/** @typedef {import("./row.js").Row} Row */

export class Track {
  /**
   * @param {Row[]} rows in order
   * @param {Element} list holds their boxes, in chunks
   * @param make makes the row of a cue that is new, from the server's answer
   */
  constructor(rows, list, make) {
    this.rows = rows;
    this.list = list;
    this.make = make;
    this.byId = new Map(rows.map((row) => [row.cueId, row]));
  }

  get(cueId) {
    return this.byId.get(cueId) ?? null;
  }

  /** The row that an element of the page belongs to. */
  rowOf(element) {
    return this.get(element?.closest?.(".cue")?.dataset.cueId);
  }

  indexOf(row) {
    return this.rows.indexOf(row);
  }

  /** The neighbour so many places on, or null past either end. */
  beside(row, offset) {
    return this.rows[this.indexOf(row) + offset] ?? null;
  }

  /** This row and all after it. */
  from(row) {
    return this.rows.slice(this.indexOf(row));
  }

  /** How many findings of a severity all cues have together. */
  count(severity) {
    return this.rows.reduce((sum, row) => sum + row.findings.count(severity), 0);
  }

  /**
   * Show what a step has made of the cues. Rows that stay are never moved or made anew: whoever
   * types in one goes on typing.
   *
   * @param answer `{changed: [cue], removed: [id], order: [id] or null}`
   */
  apply({ changed, removed = [], order = null }) {
    for (const cueId of removed) {
      this.get(cueId)?.remove();
      this.byId.delete(cueId);
    }
    for (const cue of changed) {
      const row = this.get(cue.cue_id);
      if (row) row.adopt(cue);
      else this.byId.set(cue.cue_id, this.make(cue));
    }
    if (order) this.#arrange(order);
  }

  /** Show the cues as the server has them all: somebody else has split, merged or deleted some. */
  takeAll(cues) {
    const order = cues.map((cue) => cue.cue_id);
    const there = new Set(order);
    const removed = this.rows.map((row) => row.cueId).filter((cueId) => !there.has(cueId));
    this.apply({ changed: cues, removed, order });
  }

  #arrange(order) {
    const listed = order.map((cueId) => this.get(cueId)).filter(Boolean);
    // The same array for good: players and timelines hold it too.
    this.rows.splice(0, this.rows.length, ...listed);
    let last = null;
    for (const [index, row] of listed.entries()) {
      if (!row.box.isConnected) this.#place(row, last);
      row.renumber(index + 1);
      last = row;
    }
  }

  #place(row, last) {
    if (last) last.box.after(row.box);
    else this.list.firstElementChild.prepend(row.box);
  }
}
