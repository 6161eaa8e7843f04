// A glance at the task that has the focus in a list: the focus stays in the list, and what is shown follows it.
import { Teleport, h, onBeforeUnmount, onMounted, shallowRef } from "vue";
import { useToday } from "tasktracker-live-project/card_parts.js";
import { keysOf } from "tasktracker-commands/palette_parts.js";
import { taskAt } from "tasktracker-commands/place.js";
import { useNow } from "tasktracker-parts/moments.js";
import { taskPreview } from "tasktracker-parts/task_preview.js";

const { t } = window.tasktracker;
const SETTLED = 120; // ms on a task before it is fetched: whoever holds J down wants the last one

export default {
  props: { task: Object },
  emits: ["look", "leave"],
  setup(props, { emit }) {
    const [shown, isAtStart, panel, said] = [shallowRef(null), shallowRef(false), shallowRef(), shallowRef("")];
    const [today, now] = [useToday(), useNow()];
    let settling = 0;

    function show(ref, pause = 0) {
      clearTimeout(settling);
      shown.value = ref;
      said.value = t("Preview of {task}", { task: ref });
      keepClear(document.activeElement);
      settling = setTimeout(() => emit("look", ref), pause);
    }

    function close() {
      clearTimeout(settling);
      shown.value = null;
      said.value = t("Preview closed");
      emit("leave");
    }

    // Beside the task, not over it.
    function keepClear(row) {
      const { left, right } = row.getBoundingClientRect();
      const isRtl = getComputedStyle(document.documentElement).direction === "rtl";
      isAtStart.value = (left + Math.min(right, left + 400)) / 2 > innerWidth / 2 !== isRtl;
    }

    function onFocusin({ target }) {
      if (!shown.value || panel.value?.contains(target)) return;
      const ref = taskAt(target);
      if (!ref) close();
      else if (ref !== shown.value) show(ref, SETTLED);
    }

    // Before anything else that Escape might mean.
    function onKeydown(event) {
      if (!shown.value || event.key !== "Escape") return;
      event.preventDefault();
      event.stopImmediatePropagation();
      close();
    }
    const onPointerdown = ({ target }) => shown.value && !panel.value?.contains(target) && close();

    const listeners = { focusin: onFocusin, keydown: onKeydown, pointerdown: onPointerdown };
    const peek = { toggle: (ref) => (shown.value === ref ? close() : show(ref)) };
    onMounted(() => {
      window.tasktracker.peek = peek;
      for (const [event, listener] of Object.entries(listeners)) document.addEventListener(event, listener, true);
    });
    onBeforeUnmount(() => {
      clearTimeout(settling);
      if (window.tasktracker.peek === peek) delete window.tasktracker.peek;
      for (const [event, listener] of Object.entries(listeners)) document.removeEventListener(event, listener, true);
    });

    const hint = (keys, words) => h("span", { class: "tt-finder__hint" }, [...keys.map(keysOf), words]);
    const drawn = () => {
      const task = props.task?.ref === shown.value ? props.task : null;
      const classes = ["tt-peek", { "tt-peek--start": isAtStart.value }];
      return h("div", { class: classes, ref: panel, role: "region", "aria-label": t("Preview"), "aria-busy": !task }, [
        h("div", { class: "tt-peek__body" }, [taskPreview(task, { today: today.value, now: now.value, isBrief: true })]),
        h("div", { class: "tt-peek__foot", "aria-hidden": "true" }, [
          hint(["space"], t("close")),
          hint(["j", "k"], t("move")),
          hint(["enter"], t("open")),
        ]),
      ]);
    };
    return () => [
      h(Teleport, { to: "body" }, [shown.value ? drawn() : null]),
      h("p", { class: "tt-sr-only", role: "status" }, said.value),
    ];
  },
};
