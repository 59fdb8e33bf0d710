// On every page: what only works with scripts appears, and times are the reader's own.

document.documentElement.classList.add("has-scripts");

for (const time of document.querySelectorAll("time[datetime]")) {
  const at = new Date(time.dateTime);
  if (Number.isNaN(at.getTime())) continue;
  const full = at.toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
  if ("keep" in time.dataset) time.title = full;
  else if ("clock" in time.dataset) time.textContent = at.toLocaleTimeString([], { timeStyle: "short" });
  else time.textContent = full;
}

// A filter applies when it is chosen, also when that was before this script came; without scripts
// there is the button.
for (const form of document.querySelectorAll("form.filters")) {
  form.addEventListener("change", () => form.requestSubmit());
  if ([...form.querySelectorAll("select")].some(wasChosen)) form.requestSubmit();
}

/** Whether a select shows something else than the page came with. */
function wasChosen({ options, selectedIndex }) {
  return selectedIndex !== Math.max(0, [...options].findLastIndex((option) => option.defaultSelected));
}
