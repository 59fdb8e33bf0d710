// The forms that decide about the task: nothing is decided before everything typed is saved.

import { plural } from "./element.js";

export class Deciding {
  /** @param desk `{track, status, saveAll(), beat()}`; beat tells of the work since the last sign of life */
  constructor(desk) {
    this.desk = desk;
    document.getElementById("approve-form")?.addEventListener("submit", (event) => this.#approve(event));
    for (const form of document.querySelectorAll("form[data-leaves]")) {
      form.addEventListener("submit", (event) => this.#leave(event));
    }
  }

  async #approve(event) {
    event.preventDefault();
    const form = event.target;
    const { track, status, saveAll } = this.desk;
    await saveAll();
    if (!status.isClean) return;
    const open = track.rows.filter((row) => !row.isConfirmed).length;
    if (open && !(await agreed(`${plural(open, "cue")} of ${track.rows.length} not confirmed yet.`))) return;
    await this.desk.beat();
    form.submit();
  }

  async #leave(event) {
    event.preventDefault();
    const form = event.target;
    await this.desk.saveAll();
    if (!this.desk.status.isClean) return;
    await this.desk.beat();
    form.submit();
  }
}

function agreed(question) {
  const dialog = document.getElementById("ask");
  dialog.querySelector("p").textContent = question;
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise((decide) => {
    dialog.addEventListener("close", () => decide(dialog.returnValue === "yes"), { once: true });
  });
}
