// What was done can be taken back: by the button in the toast that tells of it, or with Ctrl Z, which takes back the
// person's latest change in the project of the page; Ctrl Shift Z does it again. The server hears `tt-undo`.
(() => {
  const SHOWN = 7_000; // ms
  const isTyping = (element) =>
    element?.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(element?.tagName);

  let dismiss = () => {};

  // `command` is the revision of what was done, null for the latest; `label` is on the button that takes it back.
  const did = (message, command, label) => {
    dismiss(); // what came before is not to be taken back by accident
    dismiss = window.Quasar.Notify.create({
      message,
      position: "bottom",
      classes: "tt-toast tt-toast-success",
      timeout: SHOWN,
      actions: [{ label, noCaps: true, flat: true, handler: () => emitEvent("tt-undo", command ? { command } : {}) }],
    });
  };

  const undo = () => emitEvent("tt-undo", {});
  const redo = () => emitEvent("tt-redo", {});
  window.tasktracker = { ...window.tasktracker, did, undo, redo };

  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== "z") return;
    if (event.defaultPrevented || isTyping(event.target) || !document.querySelector("[data-undoes]")) return;
    event.preventDefault();
    (event.shiftKey ? redo : undo)();
  });
})();
