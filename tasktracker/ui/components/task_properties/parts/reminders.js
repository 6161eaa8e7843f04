// One's own reminders at a task: at a moment, or so long before it is due.
import { h, ref } from "vue";
import { momentOf } from "./when.js";

const { intl, moment, t, today } = window.tasktracker;
const [HOUR, DAY, WEEK] = [60, 1440, 10_080]; // minutes
const BEFORE = [0, 10, 30, HOUR, 3 * HOUR, DAY, 2 * DAY, WEEK]; // minutes
const AT = "at";

function lengthText(minutes) {
  const [size, unit] = [[WEEK, "week"], [DAY, "day"], [HOUR, "hour"], [1, "minute"]].find(([each]) => minutes % each === 0);
  return intl("NumberFormat", { style: "unit", unit, unitDisplay: "long" }).format(minutes / size);
}
export const beforeText = (minutes) =>
  minutes ? t("{time} before it is due", { time: lengthText(minutes) }) : t("When it is due");

export const reminderText = ({ at, minutes_before: minutes }) => (at ? moment(at) : beforeText(minutes));

// When it fires, or fired: for what is not plain from its words.
export function reminderHint({ at, fire_at: fires, fired_at: fired }) {
  if (fired) return t("told {when}", { when: moment(fired) });
  if (at) return "";
  return fires ? moment(fires) : t("waits for a due date");
}

// `problem` is why the last one was refused.
export const NewReminder = {
  props: { problem: String, hasDue: Boolean },
  emits: ["add"],
  setup(props, { emit }) {
    const [kind, day, time] = [ref(props.hasDue ? "30" : AT), ref(today()), ref("")];
    const isWhole = () => kind.value !== AT || (day.value && time.value);
    function add() {
      if (!isWhole()) return;
      emit("add", kind.value === AT ? { at: momentOf(day.value, time.value) } : { minutes_before: Number(kind.value) });
    }
    const onKeydown = (event) => {
      if (event.key !== "Enter" || event.target.tagName === "BUTTON") return;
      event.preventDefault();
      add();
    };
    const field = (type, name, value) =>
      h("input", { class: "tt-input tt-when__field", type, "aria-label": name, value: value.value, onInput: ({ target }) => (value.value = target.value) });
    const choose = ({ target }) => (kind.value = target.value);
    const option = (value, name) => h("option", { value, key: value, selected: value === kind.value }, name);
    return () =>
      h("div", { class: "tt-when", onKeydown }, [
        h("select", { class: "tt-input", "aria-label": t("When to remind"), "data-first": "", onChange: choose }, [
          ...BEFORE.map((each) => option(String(each), beforeText(each))),
          option(AT, t("At a moment")),
        ]),
        kind.value === AT
          ? h("div", { class: "tt-when__fields" }, [field("date", t("Day"), day), field("time", t("Time"), time)])
          : null,
        props.problem ? h("p", { class: "tt-property-problem", role: "alert" }, props.problem) : null,
        h("div", { class: "tt-panel-foot" }, [
          h("span", { class: "tt-quiet" }, t("Only you are told.")),
          h("button", { class: "tt-button tt-button-primary", type: "button", disabled: !isWhole(), onClick: add }, t("Remind me")),
        ]),
      ]);
  },
};
