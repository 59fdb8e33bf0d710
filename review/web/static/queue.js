// Ticks of the queue: all at once, a stretch with Shift, and how many there are.

import { plural } from "./element.js";

// Leads alone choose tasks; to others the queue is a list.
const all = document.querySelector("#all-tasks");
if (all) {
  const form = document.querySelector("#plan");
  const boxes = [...document.querySelectorAll("input[name=task]")];
  const every = form.querySelector("input[name=every]");
  const words = form.querySelector(".chosen");
  let last = null;

  const draw = () => {
    const count = boxes.filter((box) => box.checked).length;
    all.checked = count > 0 && count === boxes.length;
    all.indeterminate = count > 0 && count < boxes.length;
    words.textContent = every?.checked ? every.dataset.words : `${plural(count, "task")} chosen`;
    for (const box of boxes) box.closest("tr").classList.toggle("is-chosen", box.checked || Boolean(every?.checked));
  };

  all.closest("label").hidden = false;
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
    draw();
  });
  every?.addEventListener("change", draw);
  for (const [place, box] of boxes.entries()) {
    box.addEventListener("click", (event) => {
      if (event.shiftKey && last !== null) {
        const [from, to] = [Math.min(last, place), Math.max(last, place)];
        for (const other of boxes.slice(from, to + 1)) other.checked = box.checked;
      }
      last = place;
      draw();
    });
  }
  draw();
}
