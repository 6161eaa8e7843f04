// One key, one button: an element with `data-shortcut="c"` is pressed by that key, unless somebody is typing or a
// dialog is open. Keys never leave the browser.
(() => {
  const isTyping = (element) =>
    element?.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(element?.tagName);
  let prefix = "";

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (document.querySelector(".q-dialog")) return;
    const key = (prefix + event.key).toLowerCase();
    prefix = "";
    if (event.key.toLowerCase() === "g" && key === "g") {
      prefix = "g ";
      setTimeout(() => (prefix = ""), 1000);
      return;
    }
    const button = document.querySelector(`[data-shortcut="${CSS.escape(key)}"]`);
    if (!button) return;
    event.preventDefault();
    button.click();
  });
})();
