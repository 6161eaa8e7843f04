// What an installed app has of its own: a number on its icon, and shortcuts.
(() => {
  const LAST_PROJECT = "tasktracker:project"; // where the commands keep it

  // The number of what is unread, as the sidebar has it: on the icon once, whatever else changes in the page.
  let told = null;
  const count = () => {
    const unread = Number(document.querySelector("[data-unread]")?.dataset.unread ?? 0);
    if (unread === told) return;
    told = unread;
    const done = unread ? navigator.setAppBadge?.(unread) : navigator.clearAppBadge?.();
    done?.catch(() => {}); // not installed, or not allowed: then there is no icon to write on
  };

  // That of the page, else the one where somebody was last.
  const project = () => {
    const [, here] = /^\/([A-Z][A-Z0-9]*)\//.exec(location.pathname) ?? [];
    try {
      if (here) localStorage.setItem(LAST_PROJECT, here);
      return localStorage.getItem(LAST_PROJECT);
    } catch {
      return here;
    }
  };

  // `?do=new-task` begins a new task in the project at hand; on the page of all projects, in the last one.
  const begin = (left = 200) => {
    const button = document.querySelector('[data-command="new-task"]');
    if (!window.did_handshake || !button) return void (left && setTimeout(begin, 50, left - 1));
    window.tasktracker.setAddress({ do: null });
    button.click();
  };

  const arrive = () => {
    const last = project();
    if (new URLSearchParams(location.search).get("do") !== "new-task") return;
    const first = () => document.querySelector(".tt-tile")?.getAttribute("href");
    const board = location.pathname !== "/" ? null : last ? `/${last}/board` : first();
    if (board) location.replace(`${board}?do=new-task`);
    else begin();
  };

  document.addEventListener("DOMContentLoaded", () => {
    if ("setAppBadge" in navigator) {
      new MutationObserver(count).observe(document.body, { subtree: true, childList: true, attributeFilter: ["data-unread"] });
    }
    setTimeout(arrive);
  });
})();
