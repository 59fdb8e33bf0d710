// Player and panels end where the dock begins, whatever banners stand above them.

export function fitStage(desk) {
  const fit = () => desk.style.setProperty("--above", `${desk.offsetTop}px`);
  const watch = new ResizeObserver(fit);
  for (const one of document.querySelectorAll(".task-head, .banner")) watch.observe(one);
  fit();
}
