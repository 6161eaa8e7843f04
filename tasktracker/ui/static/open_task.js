// A link to a task of the project whose view is on the page shows the task over the view. Anywhere else, and in a tab of
// its own (with Ctrl, say), it leads to the task's page.
document.addEventListener("click", (event) => {
  const { defaultPrevented, button, altKey, ctrlKey, metaKey, shiftKey, target } = event;
  if (defaultPrevented || button || altKey || ctrlKey || metaKey || shiftKey) return;
  const link = target.closest?.("a[href^='/t/']:not([target], [data-command])");
  const [, key, number] = link?.pathname.match(/^\/t\/([A-Z0-9]+)-([0-9]+)$/) ?? [];
  const { view } = window.tasktracker;
  if (!key || view?.key !== key) return;
  event.preventDefault();
  view.open(Number(number));
});
