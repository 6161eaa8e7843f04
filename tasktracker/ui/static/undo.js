// What was done can be taken back: by the button in the toast that tells of it, or by the command “Undo”, which takes
// back the person's latest change in the project of the page. The server hears `tt-undo` and `tt-redo`.
(() => {
  const SHOWN = 7_000; // ms

  let dismiss = () => {};

  const button = (label, handler) => ({ label, noCaps: true, flat: true, handler });
  const undoing = (label, command) => button(label, () => emitEvent("tt-undo", command ? { command } : {}));

  const tell = (message, actions) => {
    dismiss(); // what came before is not to be taken back by accident
    const looks = { position: "bottom", classes: "tt-toast tt-toast-success", timeout: SHOWN, multiLine: false };
    dismiss = window.Quasar.Notify.create({ message, ...looks, actions });
  };

  // `command` is the revision of what was done, null for the latest; `label` is on the button that takes it back.
  const did = (message, command, label) => tell(message, [undoing(label, command)]);

  // The same, on the page that this tab shows next.
  const LATER = "tasktracker:done";
  const stored = (change) => {
    try {
      return change(sessionStorage);
    } catch {
      return null; // a browser that keeps nothing does not tell it
    }
  };
  const didOnArrival = (...told) => stored((storage) => storage.setItem(LATER, JSON.stringify(told)));
  document.addEventListener("DOMContentLoaded", () => {
    const told = stored((storage) => JSON.parse(storage.getItem(LATER)));
    stored((storage) => storage.removeItem(LATER));
    if (told) did(...told);
  });

  // On its own project's view a task is opened over it, else where it is.
  const open = (ref) => {
    const { view } = window.tasktracker;
    const [, key, number] = ref.match(/^(.+)-(\d+)$/);
    if (view?.key === key) view.open(Number(number));
    else window.location.assign(`${window.path_prefix ?? ""}/t/${ref}`);
  };

  // Without a `command` nothing can be taken back from here; `ref` is the task's, if it is one.
  const created = (message, command, label, ref, openLabel) =>
    tell(message, [...(ref ? [button(openLabel, () => open(ref))] : []), ...(command ? [undoing(label, command)] : [])]);

  const undo = () => emitEvent("tt-undo", {});
  const redo = () => emitEvent("tt-redo", {});
  window.tasktracker = { ...window.tasktracker, did, didOnArrival, created, undo, redo };
})();
