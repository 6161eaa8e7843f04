// A quiet line while the connection is away, and what one does meanwhile. What is typed is kept (drafts.js); NiceGUI
// reconnects by itself, and its socket then sends what it held back. Where the page has to load anew instead, since the
// server was started anew, what was held back is taken along, for whoever asked for it to ask again.
(() => {
  const NAME = "tasktracker:unsent";
  const SHOWN_AFTER = 600; // ms: a connection that is back by then was hardly away
  const { tn } = window.tasktracker;
  const waiting = []; // to be called when the connection is back
  let unsent = [];
  let timer = 0;

  const stored = (change) => {
    try {
      return change(sessionStorage);
    } catch {
      return null; // a browser that keeps nothing forgets it with the page
    }
  };
  const left = stored((storage) => JSON.parse(storage.getItem(NAME))) ?? [];
  const keep = (changes) => {
    unsent = changes;
    stored((storage) => (changes.length ? storage.setItem(NAME, JSON.stringify(changes)) : storage.removeItem(NAME)));
    const place = document.querySelector("[data-unsent-changes]");
    const n = changes.length;
    if (place) place.textContent = n ? tn("{n} change waits to be sent.", "{n} changes wait to be sent.", n) : "";
  };

  const isLost = () => Boolean(window.socket) && !window.socket.connected && window.did_handshake === true;
  const show = (lost) => document.documentElement.classList.toggle("tt-offline", lost);

  function onLost() {
    clearTimeout(timer);
    timer = setTimeout(show, SHOWN_AFTER, true);
  }

  function onBack() {
    clearTimeout(timer);
    show(false);
    keep([]); // the socket has sent them
    for (const call of waiting.splice(0)) call();
  }

  // NiceGUI's page loads itself anew also when nobody answers at all, and then there is no page. So ours looks first.
  function onRefused(error) {
    if (error.message === "timeout") window.socket.io.opts.transports = ["polling", "websocket"]; // a proxy may block one
    if (error.message === "Implicit handshake failed") window.tasktracker.moveNow();
  }

  const watch = () => {
    if (!window.socket) return void setTimeout(watch, 50);
    window.socket.off("connect_error");
    window.socket.on("connect_error", onRefused);
    window.socket.on("connect", onBack);
    window.socket.on("disconnect", onLost);
  };
  document.addEventListener("DOMContentLoaded", watch);

  window.tasktracker.connection = {
    isLost,
    // Call it when the connection is back.
    whenBack: (call) => void waiting.push(call),
    // Note that a change cannot be sent now: {key, name, payload}, of the project with that key.
    note: (change) => keep([...unsent, change]),
    // What an earlier page could not send in that project; once.
    take: (key) => {
      const own = left.filter((change) => change.key === key);
      left.splice(0, left.length, ...left.filter((change) => change.key !== key));
      return own;
    },
  };
})();
