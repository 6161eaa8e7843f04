// Copying to the clipboard, with a word that it was done. Without a secure connection browsers hand out no clipboard:
// then the text is copied the old way.
(() => {
  const byHand = (text) => {
    const field = Object.assign(document.createElement("textarea"), { value: text, readOnly: true });
    const had = document.activeElement;
    (document.querySelector(".q-dialog") || document.body).append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
    had?.focus();
  };

  const copy = async (text, done) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      byHand(text);
    }
    window.Quasar.Notify.create({ message: done, position: "bottom", classes: "tt-toast tt-toast-success", timeout: 2000 });
  };

  window.tasktracker = { ...window.tasktracker, copy };
})();
