// The files at a task: attached by a button, by dropping them on the task, or by pasting them anywhere in it. What
// cannot be sent stays in the list with its reason, to be tried again.
import { computed, h, onBeforeUnmount, onMounted, ref, shallowRef, watch } from "vue";
import { fetchJson } from "tasktracker-live-project/fetching.js";

const { t } = window.tasktracker;
const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte"];

export default {
  props: { url: String, version: Number, count: Number, mark: Number, canAttach: Boolean, canEdit: Boolean, me: String },
  emits: ["remove"],
  setup(props, { emit }) {
    const [root, picker] = [shallowRef(), shallowRef()];
    const files = shallowRef([]);
    const sending = ref([]); // {id, file, part, problem, request}
    const said = ref("");
    const isOver = ref(false);
    let last = 0;

    let turn = 0;
    async function load() {
      if (!props.count) return (turn += 1) && (files.value = []);
      const mine = ++turn;
      const found = await fetchJson(props.url).catch(() => null); // what is shown stays
      if (found && mine === turn) files.value = found;
    }

    function send(entry) {
      const request = new XMLHttpRequest(); // fetch tells nobody how far it is
      const form = new FormData();
      form.append("file", entry.file);
      Object.assign(entry, { part: 0, problem: "", request });
      request.upload.onprogress = ({ loaded, total }) => (entry.part = loaded / total);
      request.onload = () => done(entry, request);
      request.onerror = () => (entry.problem = t("The server cannot be reached."));
      request.open("POST", props.url);
      request.send(form);
    }
    async function done(entry, request) {
      if (request.status >= 400) {
        entry.problem = problemOf(request.responseText);
        return;
      }
      const added = JSON.parse(request.responseText);
      files.value = [...files.value.filter(({ id }) => id !== added.id), added]; // it may have been told of already
      said.value = t("{name} is attached.", { name: entry.file.name });
      forget(entry);
    }
    function forget(entry) {
      entry.request.abort();
      sending.value = sending.value.filter(({ id }) => id !== entry.id);
    }
    function attach(list) {
      for (const file of list) {
        sending.value.push({ id: ++last, file, part: 0, problem: "", request: null });
        send(sending.value.at(-1));
      }
    }

    // --- dropped and pasted ---
    const carries = (event) => props.canAttach && event.dataTransfer?.types.includes("Files");
    const over = (event) => {
      if (!carries(event)) return;
      event.preventDefault();
      isOver.value = true;
    };
    const left = (event) => {
      if (!event.currentTarget.contains(event.relatedTarget)) isOver.value = false;
    };
    const dropped = (event) => {
      if (!carries(event)) return;
      event.preventDefault();
      isOver.value = false;
      attach(event.dataTransfer.files);
    };
    const pasted = (event) => {
      const list = event.clipboardData?.files ?? [];
      if (!props.canAttach || !list.length) return;
      event.preventDefault();
      attach(list);
    };
    const listeners = { dragover: over, dragleave: left, drop: dropped, paste: pasted };
    let place;
    onMounted(() => {
      load();
      place = root.value.closest("[data-takes-files]") ?? root.value;
      for (const [event, listener] of Object.entries(listeners)) place.addEventListener(event, listener);
    });
    onBeforeUnmount(() => {
      for (const [event, listener] of Object.entries(listeners)) place?.removeEventListener(event, listener);
    });
    watch(() => [props.url, props.version, props.count, props.mark], load);

    // --- drawn ---
    const address = (file, what) => `${props.url}/${file.id}/${what}`;
    const isPicture = (file) => Boolean(file.width);
    const picture = (file) =>
      isPicture(file)
        ? h("img", { class: "tt-file__picture", src: address(file, "thumbnail"), alt: "", loading: "lazy" })
        : h("span", { class: "tt-file__picture tt-file__kind", "aria-hidden": "true" }, ending(file.name));
    const mayRemove = (file) => props.canEdit || file.uploader_id === props.me;
    const removal = (file) => {
      const name = t("Remove {name}", { name: file.name });
      const onClick = () => emit("remove", file.id);
      return h("button", { class: "tt-file__remove", type: "button", "aria-label": name, title: name, onClick }, "×");
    };
    const row = (file) =>
      h("li", { class: "tt-file", key: file.id }, [
        h("a", { class: "tt-file__link", href: address(file, isPicture(file) ? "content" : "content?download=true"), target: "_blank" }, [
          picture(file),
          h("span", { class: "tt-file__name", dir: "auto" }, file.name),
        ]),
        h("span", { class: "tt-file__size" }, sizeOf(file.size)),
        mayRemove(file) ? removal(file) : null,
      ]);
    const underway = (entry) =>
      h("li", { class: ["tt-file", { "tt-file--failed": entry.problem }], key: `s${entry.id}` }, [
        h("span", { class: "tt-file__picture tt-file__kind", "aria-hidden": "true" }, ending(entry.file.name)),
        h("span", { class: "tt-file__name", dir: "auto" }, entry.file.name),
        entry.problem
          ? h("span", { class: "tt-file__problem", role: "alert" }, entry.problem)
          : h("progress", { class: "tt-file__progress", value: entry.part, "aria-label": t("Sending {name}", { name: entry.file.name }) }),
        entry.problem ? h("button", { class: "tt-text-button", type: "button", onClick: () => send(entry) }, t("Try again")) : null,
        h("button", { class: "tt-file__remove", type: "button", "aria-label": t("Give up"), title: t("Give up"), onClick: () => forget(entry) }, "×"),
      ]);
    const isEmpty = computed(() => !files.value.length && !sending.value.length);
    return () =>
      h("section", { class: ["tt-files", { "tt-files--over": isOver.value }], ref: root, "aria-label": t("Files") }, [
        h("div", { class: "tt-section-head" }, [
          h("h2", { class: "tt-section-title" }, t("Files")),
          props.canAttach
            ? h("button", { class: "tt-text-button", type: "button", onClick: () => picker.value.click() }, t("Attach…"))
            : null,
        ]),
        h("ul", { class: "tt-files__list" }, [...files.value.map(row), ...sending.value.map(underway)]),
        isOver.value || (isEmpty.value && props.canAttach)
          ? h("p", { class: "tt-files__hint" }, isOver.value ? t("Let go to attach") : t("Drop or paste files anywhere here."))
          : null,
        h("input", {
          ...{ ref: picker, type: "file", multiple: true, hidden: true, "aria-hidden": "true", tabindex: -1 },
          onChange: ({ target }) => {
            attach([...target.files]);
            target.value = "";
          },
        }),
        h("p", { class: "tt-sr-only", role: "status" }, said.value),
      ]);
  },
};

const ending = (name) => (name.includes(".") ? name.split(".").at(-1).slice(0, 4) : "").toLowerCase();

function sizeOf(bytes) {
  const step = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), UNITS.length - 1);
  const unit = { style: "unit", unit: UNITS[step], unitDisplay: "short", maximumFractionDigits: 1 };
  return window.tasktracker.number(bytes / 1000 ** step, unit);
}

function problemOf(text) {
  try {
    const { detail, errors } = JSON.parse(text);
    return errors?.[0]?.detail ?? detail;
  } catch {
    return t("That did not work.");
  }
}
