// The page goes over to another process: when the one that built it is about to end and says so, and when the socket
// finds out that its process is gone. What is typed is in the browser already (drafts.js).
(() => {
  const PAUSE = 1_000; // ms without a key: nobody is interrupted in the middle of a word …
  const PATIENCE = 15_000; // … but for so long
  const LONGEST_CALL = 30_000; // that is waited for
  const WAIT = 300; // ms until another process is asked for again, at first
  const LONGEST_WAIT = 8_000;
  const QUICK = 400; // ms in which a process answers that has time for a page more …
  const BORNE = 3; // … or it has not, so often
  const RECENT = 60_000; // reloads that count when the next one waits
  const NAME = "tasktracker:reloads";
  const { t } = window.tasktracker;

  let typedAt = 0;
  let isComposing = false;
  const note = () => (typedAt = Date.now());
  for (const event of ["keydown", "input"]) document.addEventListener(event, note, true);
  document.addEventListener("compositionstart", () => (isComposing = true), true);
  document.addEventListener("compositionend", () => (isComposing = false), true);

  // Calls that change something, such as a file on its way: they are not cut off.
  let calls = 0;
  const isUnsafe = (method = "GET") => !["GET", "HEAD"].includes(method.toUpperCase());
  const { fetch: call } = window;
  window.fetch = (resource, options) => {
    const weight = Number(isUnsafe(options?.method ?? resource?.method));
    calls += weight;
    return call(resource, options).finally(() => (calls -= weight));
  };
  const { open, send } = XMLHttpRequest.prototype;
  XMLHttpRequest.prototype.open = function (method, ...others) {
    this.isUnsafe = isUnsafe(method);
    return open.call(this, method, ...others);
  };
  XMLHttpRequest.prototype.send = function (body) {
    if (this.isUnsafe) {
      calls += 1;
      this.addEventListener("loadend", () => (calls -= 1), { once: true });
    }
    return send.call(this, body);
  };

  const rest = (ms) => new Promise((done) => setTimeout(done, ms));
  // Somewhere between half and one and a half of it: pages that were sent away together do not come together.
  const about = (ms) => ms * (0.5 + Math.random());

  const pause = async () => {
    const end = Date.now() + PATIENCE;
    while ((isComposing || Date.now() - typedAt < PAUSE) && Date.now() < end) await rest(100);
    const last = Date.now() + LONGEST_CALL;
    while (calls && Date.now() < last) await rest(100);
  };

  // 503 comes from the process that is about to end, or from the balancer while there is none. One that is slow to
  // answer has much to do: while it builds the pages of others, this one is better off where it is.
  const anotherOne = async () => {
    for (let wait = WAIT, slow = 0; ; wait = Math.min(wait * 2, LONGEST_WAIT)) {
      const began = performance.now();
      const answer = await fetch("/readyz", { cache: "no-store" }).catch(() => null);
      if (answer?.ok && (performance.now() - began < QUICK || ++slow > BORNE)) return;
      await rest(about(wait));
    }
  };

  // What the socket still holds goes out first. A moment is enough, or it does not go at all.
  const sent = async () => {
    const engine = window.socket?.io?.engine;
    for (let left = 20; left && window.socket?.connected; left -= 1) {
      if (!engine?.writeBuffer?.length && !engine?.transport?.ws?.bufferedAmount) return;
      await rest(50);
    }
  };

  const recent = () => {
    try {
      const times = JSON.parse(sessionStorage.getItem(NAME)) ?? [];
      return times.filter((time) => Date.now() - time < RECENT);
    } catch {
      return [];
    }
  };
  const remember = (times) => {
    try {
      sessionStorage.setItem(NAME, JSON.stringify(times));
    } catch {
      // A browser that keeps nothing does not wait longer each time.
    }
  };

  // Where a balancer does not keep to one process, a page would load itself anew again and again: each time later.
  const reload = async () => {
    const times = recent();
    if (times.length) await rest(about(Math.min(500 * 2 ** times.length, 30_000)));
    remember([...times, Date.now()]);
    location.reload();
  };

  const tell = () => {
    const message = t("tasktracker is being renewed. This page loads anew in a moment; what you type is kept.");
    window.Quasar.Notify.create({ message, position: "bottom", classes: "tt-toast tt-toast-info", timeout: PATIENCE });
  };

  let going = null;
  const go = (isAsked) => {
    going ??= (async () => {
      if (isAsked) tell();
      if (isAsked) await pause();
      await anotherOne();
      await sent();
      await reload();
    })();
  };

  Object.assign(window.tasktracker, {
    move: () => go(true), // the process is about to end
    moveNow: () => go(false), // it is gone, and the page with it
  });
})();
