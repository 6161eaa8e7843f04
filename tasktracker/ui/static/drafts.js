// What somebody is typing survives a reload, a lost connection and a restart of the server: every field with a
// `data-draft` name is kept in the browser as it is typed, put back when the field appears again, and forgotten when
// the server says that it was saved and nothing else has been typed by then. `data-draft-base` is the version that
// typing begins on: it is kept with the text. A field whose text is based on another one by now, since a draft came back
// or nobody has typed in it, says that in a `draftrebased` event.
// `data-draft-opens` on a button opens the field that a kept draft belongs to.
(() => {
  const PREFIX = "tasktracker:draft:";
  const KEPT_FOR = 30 * 24 * 3600 * 1000;
  const PUT_ASIDE_FOR = 7_000; // ms

  const read = (name) => {
    try {
      return JSON.parse(localStorage.getItem(PREFIX + name));
    } catch {
      return null;
    }
  };

  const write = (name, text, base) => {
    try {
      if (text) localStorage.setItem(PREFIX + name, JSON.stringify({ text, at: Date.now(), base }));
      else localStorage.removeItem(PREFIX + name);
    } catch {
      // A full or forbidden storage keeps no drafts; typing goes on.
    }
  };

  const setValue = (field, text, { bubbles = true } = {}) => {
    const prototype = field.tagName === "TEXTAREA" ? HTMLTextAreaElement.prototype : HTMLInputElement.prototype;
    Object.getOwnPropertyDescriptor(prototype, "value").set.call(field, text);
    field.dispatchEvent(new Event("input", { bubbles }));
  };

  const fieldsOf = (name) => document.querySelectorAll(`[data-draft="${CSS.escape(name)}"]`);

  const restore = (field) => {
    if (field.dataset.draftRestored === field.dataset.draft) return;
    field.dataset.draftRestored = field.dataset.draft;
    const draft = read(field.dataset.draft);
    if (!draft || draft.text === field.value) return;
    setValue(field, draft.text);
    if (draft.base) field.dispatchEvent(new CustomEvent("draftrebased", { detail: draft.base }));
  };

  const open = (button) => {
    if (button.dataset.draftOpened === button.dataset.draftOpens) return;
    button.dataset.draftOpened = button.dataset.draftOpens;
    if (read(button.dataset.draftOpens)) setTimeout(() => button.click());
  };

  const look = () => {
    if (!window.did_handshake) return; // the server would not hear what is put back
    document.querySelectorAll("input[data-draft], textarea[data-draft]").forEach(restore);
    document.querySelectorAll("[data-draft-opens]").forEach(open);
  };

  const forgetOld = () => {
    for (const key of Object.keys(localStorage).filter((each) => each.startsWith(PREFIX))) {
      const draft = read(key.slice(PREFIX.length));
      if (!draft || Date.now() - draft.at > KEPT_FOR) localStorage.removeItem(key);
    }
  };

  document.addEventListener("input", ({ target }) => {
    const name = target?.dataset?.draft;
    if (name) write(name, target.value, read(name)?.base ?? Number(target.dataset.draftBase));
  });
  window.tasktracker.hasDraft = (name) => Boolean(read(name));
  window.tasktrackerKeepDraft = (name, text) => write(name, text);
  window.tasktrackerForgetDraft = (name) => write(name, "");
  // That text is saved. Whoever has gone on typing by now keeps what they typed: it is based on what is saved.
  window.tasktrackerDraftSaved = (name, text, { base, shown } = {}) => {
    const draft = read(name);
    if (draft && draft.text !== text) write(name, draft.text, base ?? draft.base);
    else write(name, "");
    for (const field of fieldsOf(name)) {
      if (base) field.dataset.draftBase = base;
      if (field.value !== text) continue;
      if ((shown ?? text) !== text) {
        setValue(field, shown);
        write(name, "");
      }
      field.dispatchEvent(new CustomEvent("draftsaved"));
    }
  };
  // Somebody else has changed it to what is `shown`, which takes the place of each of the `texts`: nobody has typed those.
  // What is typed, and perhaps still on its way to the server, stays, and is based on the same as before.
  window.tasktrackerDraftOvertaken = (name, texts, { base, shown }) => {
    if (texts.includes(read(name)?.text)) write(name, "");
    for (const field of fieldsOf(name)) {
      const isGivenUp = !field.value && field !== document.activeElement;
      if (!isGivenUp && !texts.includes(field.value)) continue;
      field.dataset.draftBase = base;
      setValue(field, shown, { bubbles: false }); // its own component hears of it; it is no draft
      field.dispatchEvent(new CustomEvent("draftrebased", { detail: base }));
    }
  };
  // That text is saved, in a field that begins with the next text then. Whoever typed something else altogether keeps that.
  window.tasktrackerDraftSent = (name, text) => {
    const [field] = fieldsOf(name);
    const typed = [read(name)?.text, field?.value].find((each) => each?.startsWith(text));
    if (typed === undefined) return;
    const next = typed.slice(text.length).trimStart();
    if (field && field.value !== next) setValue(field, next);
    write(name, next);
  };
  // A text that somebody gives up: for a while they can have it back. Where nothing was typed, nothing is told.
  window.tasktrackerPutAside = (name) => {
    const draft = read(name);
    write(name, "");
    if (!draft) return;
    const back = () => {
      write(name, draft.text, draft.base);
      document.querySelector(`[data-draft-opens="${CSS.escape(name)}"]`)?.click();
    };
    const { t } = window.tasktracker;
    const looks = { position: "bottom", classes: "tt-toast tt-toast-info", timeout: PUT_ASIDE_FOR, multiLine: false };
    const actions = [{ label: t("Bring it back"), noCaps: true, flat: true, handler: back }];
    window.Quasar.Notify.create({ message: t("Your text was put aside"), ...looks, actions });
  };
  window.tasktrackerForgetDrafts = () => {
    for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key);
  };

  document.addEventListener("DOMContentLoaded", () => {
    forgetOld();
    new MutationObserver(look).observe(document.body, {
      childList: true,
      subtree: true,
      attributes: true,
      attributeFilter: ["data-draft", "data-draft-opens"],
    });
    const waiting = setInterval(() => {
      if (!window.did_handshake) return;
      clearInterval(waiting);
      look();
    }, 50);
  });
})();
