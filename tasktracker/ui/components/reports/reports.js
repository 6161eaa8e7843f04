// The reports of a project: one at a time, of chosen days. Its numbers come from the API; a hint says when to ask again.
import { computed, h, onBeforeUnmount, onMounted, shallowRef } from "vue";
import * as cards from "tasktracker-live-project/card_parts.js";
import { onConnectedAgain, onSeenAgain } from "tasktracker-parts/hooks.js";
import { burndown } from "tasktracker-reports/burndown.js";
import { Chart } from "tasktracker-reports/chart.js";
import { cycleTime } from "tasktracker-reports/cycle_time.js";
import { flow } from "tasktracker-reports/flow.js";
import { pageQuestion, SPANS } from "tasktracker-reports/question.js";
import { tableOf } from "tasktracker-reports/table.js";
import { throughput } from "tasktracker-reports/throughput.js";

const { t, tn, told } = window.tasktracker;
const KINDS = { flow, "cycle-time": cycleTime, burndown, throughput };
const CUSTOM = "custom";

export default {
  props: { projectKey: String },
  setup(props, { expose }) {
    const question = pageQuestion(props.projectKey);
    const measures = shallowRef({}); // what was chosen in each report
    const kind = computed(() => KINDS[question.answer.value?.report ?? question.report.value]);
    const data = computed(() => question.answer.value?.data);
    const choices = computed(() => (data.value && kind.value.choices?.(data.value)) ?? []);
    const measure = computed(() => data.value && (measures.value[question.answer.value?.report] ?? kind.value.usual?.(data.value) ?? "tasks"));
    const chooseMeasure = (value) => (measures.value = { ...measures.value, [question.answer.value.report]: value });
    const isEmpty = computed(() => !data.value || kind.value.isEmpty(data.value));
    const view = computed(() => (isEmpty.value ? null : kind.value.view(data.value, measure.value)));

    const look = () => question.look();
    expose({ hint: () => question.hint() });
    onMounted(() => question.load());
    onSeenAgain(look);
    onConnectedAgain(look);
    onBeforeUnmount(() => question.stop());

    // `options` are pairs of a value and its name.
    const choice = (label, options, chosen, choose) =>
      h(
        "div",
        { class: "tt-segments", role: "group", "aria-label": label },
        options.map(([value, name]) => {
          const state = { "aria-pressed": String(value === chosen), onClick: () => choose(value) };
          return h("button", { class: "tt-segment", type: "button", key: value, ...state }, name);
        }),
      );

    const dateField = (name, label) =>
      h("input", {
        ...{ class: "tt-reports__date", type: "date", "aria-label": label, value: question[name].value },
        onChange: ({ target }) => question.between({ [name]: target.value }),
      });

    const days = () => {
      const spans = SPANS.map((span) => [span, tn("{n} day", "{n} days", span)]);
      const choose = (value) => (value === CUSTOM ? question.between() : question.spanOf(value));
      const dates = [dateField("first", t("First day")), h("span", { "aria-hidden": "true" }, "–"), dateField("last", t("Last day"))];
      return h("div", { class: "tt-reports__days" }, [
        choice(t("Days"), [...spans, [CUSTOM, t("Other days")]], question.days.value ?? CUSTOM, choose),
        question.days.value ? null : h("div", { class: "tt-reports__dates" }, dates),
        question.wrong.value ? h("p", { class: "tt-problem", role: "alert" }, told(question.wrong.value)) : null,
      ]);
    };

    const bar = () =>
      h("div", { class: "tt-reports__bar" }, [
        choice(t("Report"), Object.entries(KINDS).map(([id, { name }]) => [id, name()]), question.report.value, (id) => question.show(id)),
        days(),
      ]);

    const figure = ({ name, value, color, shade, isLine }) =>
      h("div", { class: "tt-figure", key: name }, [
        h("dt", { class: "tt-figure__name" }, [
          color ? h("span", { class: "tt-figure__swatch", style: { background: `var(--tt-${color})`, opacity: shade } }) : null,
          isLine ? h("span", { class: "tt-figure__line" }) : null,
          name,
        ]),
        h("dd", { class: "tt-figure__value" }, value),
      ]);

    const head = () =>
      h("header", { class: "tt-reports__head" }, [
        h("div", { class: "tt-reports__words" }, [
          h("h2", { class: "tt-reports__title" }, kind.value.name()),
          h("p", { class: "tt-reports__about" }, kind.value.about(measure.value)),
        ]),
        choices.value.length ? choice(t("Measure"), choices.value, measure.value, chooseMeasure) : null,
      ]);

    const picture = ({ draw, told: sentence, title, pick }, index) =>
      h("figure", { class: "tt-reports__picture", key: index }, [
        title ? h("figcaption", { class: "tt-reports__caption" }, title) : null,
        h(Chart, { draw, told: sentence, pick }),
      ]);

    const empty = () => {
      const isFiltered = Boolean(question.text.value);
      return h("div", { class: "tt-empty" }, [
        h("h2", { class: "tt-empty-title" }, isFiltered ? t("Nothing fits this filter") : t("Nothing to draw yet")),
        h("p", { class: "tt-empty-text" }, kind.value.empty()),
        isFiltered
          ? h("button", { class: "tt-button", type: "button", onClick: () => question.apply("") }, t("Clear the filter"))
          : h("a", { class: "tt-button tt-button-primary", href: `/${props.projectKey}/board` }, t("Go to the board")),
      ]);
    };

    const report = () => {
      const { figures, note, charts, tables } = view.value;
      return h("div", { class: "tt-reports__report", key: question.answer.value.report }, [
        head(),
        h("dl", { class: "tt-reports__figures" }, figures.map(figure)),
        h("div", { class: ["tt-reports__pictures", { "tt-reports__pictures--two": charts.length > 1 }] }, charts.map(picture)),
        note ? h("p", { class: "tt-quiet" }, note) : null,
        ...tables.map((table) => tableOf({ ...table, file: `${props.projectKey}-${table.name}` })),
      ]);
    };

    const content = () => {
      if (question.state.value === "failed") return cards.failure(question);
      if (question.state.value === "loading" || !data.value) return skeleton();
      return view.value ? report() : empty();
    };

    return () => {
      const isBusy = question.state.value === "loading";
      const summary = view.value?.charts[0]?.told ?? view.value?.note ?? "";
      return h("div", { class: "tt-reports", "aria-busy": String(isBusy) }, [
        bar(),
        content(),
        h("p", { class: "tt-sr-only", role: "status" }, isBusy ? t("Loading the report") : summary),
      ]);
    };
  },
};

const skeleton = () =>
  h("div", { class: "tt-reports__report tt-skeleton", "aria-hidden": "true" }, [
    h("span", { class: "tt-bone tt-bone--line", style: { inlineSize: "180px" } }),
    h("div", { class: "tt-bone tt-reports__blank" }),
  ]);
