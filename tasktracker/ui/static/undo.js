// What was done can be taken back: by the button in the toast that tells of it, or by the command “Undo”, which takes
// back the person's latest change in the project of the page. The server hears `tt-undo` and `tt-redo`.
(() => {
  const SHOWN = 7_000; // ms

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
})();
