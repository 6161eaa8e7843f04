// A day, with a time of day if somebody wants one: in the reader's time zone.
import { h, ref } from "vue";
import { inDays } from "tasktracker-live-project/days.js";

const { dayOf, intl, t, timeZone } = window.tasktracker;

const isMoment = (value) => typeof value === "string" && value.length > 10;
const clock = (moment) =>
  intl("DateTimeFormat", { timeZone: timeZone(), hour: "2-digit", minute: "2-digit", hourCycle: "h23" }, "en-GB").format(
    new Date(moment),
  );
export const timeOf = (value) => (isMoment(value) ? clock(value) : "");

// What a clock at that place shows then, as if it were UTC.
const shownAt = (moment) => Date.parse(`${dayOf(moment)}T${clock(moment)}Z`);

// The moment at which a clock there shows that day and time: where the clock is put forward, the one that comes next.
export function momentOf(day, time) {
  const wanted = Date.parse(`${day}T${time}Z`);
  let moment = wanted;
  for (let step = 0; step < 2; step += 1) moment += wanted - shownAt(new Date(moment));
  return `${new Date(moment).toISOString().slice(0, 19)}Z`;
}

// `update` is told every change: a day, a moment, or null; undefined while it is no whole day yet.
export const When = {
  props: { name: String, value: String, hasTime: Boolean, draft: String, version: Number },
  emits: ["update", "done", "begun"],
  setup(props, { emit }) {
    const [day, time] = [ref(props.value ? dayOf(props.value) : ""), ref(timeOf(props.value))];
    const tell = (isWhole = true) => {
      if (!isWhole) emit("update", undefined);
      else if (!day.value) emit("update", null);
      else emit("update", time.value ? momentOf(day.value, time.value) : day.value);
    };
    const put = (value) => {
      day.value = value;
      tell();
      emit("done");
    };
    const onKeydown = (event) => {
      if (event.key !== "Enter" || event.target.tagName === "BUTTON") return;
      event.preventDefault();
      emit("done");
    };
    const field = (type, name, value, more) =>
      h("input", {
        ...{ class: "tt-input tt-when__field", type, "aria-label": name, value: value.value, ...more },
        ...{ "data-draft-base": props.version, onDraftrebased: ({ detail }) => emit("begun", detail) },
        onInput: ({ target }) => {
          value.value = target.value;
          tell(!target.validity.badInput);
        },
      });
    const quick = (value, name) => h("button", { class: "tt-text-button", type: "button", onClick: () => put(value) }, name);
    return () =>
      h("div", { class: "tt-when", onKeydown }, [
        h("div", { class: "tt-when__quick" }, [
          quick(inDays(0), t("Today")),
          quick(inDays(1), t("Tomorrow")),
          quick(inDays(7), t("In a week")),
        ]),
        h("div", { class: "tt-when__fields" }, [
          field("date", t("{field}: day", { field: props.name }), day, { "data-first": "", "data-draft": props.draft }),
          props.hasTime
            ? field("time", t("{field}: time", { field: props.name }), time, { disabled: !day.value, "data-draft": `${props.draft}:time` })
            : null,
        ]),
        h("div", { class: "tt-panel-foot" }, [
          props.value ? h("button", { class: "tt-text-button", type: "button", onClick: () => put("") }, t("Clear")) : h("span"),
          h("button", { class: "tt-button tt-button-primary", type: "button", onClick: () => emit("done") }, t("Save")),
        ]),
      ]);
  },
};
