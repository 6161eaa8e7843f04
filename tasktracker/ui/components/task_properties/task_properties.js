// The properties of one task: each is text until it is changed. What is chosen or written is an intent; it stays on the
// screen until the server says that it is saved, or why not.
import { computed, h, onMounted, ref, shallowReactive, watch } from "vue";
import { useNow } from "tasktracker-parts/moments.js";
import { Choices } from "tasktracker-properties/choices.js";
import { drawn, fieldsOf, isEmpty } from "tasktracker-properties/fields.js";
import { taskView } from "tasktracker-properties/page_view.js";
import { usePanel } from "tasktracker-properties/panel.js";
import { NewReminder, reminderHint, reminderText } from "tasktracker-properties/reminders.js";
import { Repeat } from "tasktracker-properties/repeat.js";
import { Typed } from "tasktracker-properties/typed.js";
import { same, useUnsaved } from "tasktracker-properties/unsaved.js";
import { When } from "tasktracker-properties/when.js";

const { ago, day, hasDraft, moment, t } = window.tasktracker;
const REMINDERS = "reminders";

export default {
  props: { task: Object, frame: Object, canEdit: Boolean, isPage: Boolean },
  emits: ["save", "remind", "forget", "act"],
  setup(props, { emit, expose }) {
    const panel = usePanel();
    const asked = shallowReactive(new Set()); // empty ones that somebody wants to fill in
    const [said, refused, reminds] = [ref(""), ref(""), ref(false)];
    const draftOf = (field) => `${props.task.ref}:${field}`;
    const forget = (field) => {
      for (const name of [draftOf(field), `${draftOf(field)}:time`]) window.tasktrackerForgetDraft(name);
    };
    const unsaved = useUnsaved({
      saved: (field) => props.task.values[field] ?? null,
      version: () => props.task.version,
      send: (intent) => emit("save", intent),
      forget,
    });
    const fields = computed(() => fieldsOf(props));
    const mayChange = (field) => props.canEdit && !field.isReadOnly;
    const isShown = ({ field, isKept }) =>
      isKept || asked.has(field) || unsaved.isEntered(field) || !isEmpty(props.task.values[field]);

    onMounted(() => {
      for (const { field, how } of fields.value) if (how !== "choose" && hasDraft(draftOf(field))) asked.add(field);
    });

    // --- what the server says ---
    function settle(token, problem, version) {
      unsaved.settle(token, problem, version);
      if (problem) said.value = problem;
    }
    function reminded(problem) {
      refused.value = problem ?? "";
      reminds.value = false;
      if (!problem && panel.isOpen(REMINDERS)) panel.close(); // somebody may be at the next thing already
    }
    expose({ settle, reminded });

    // --- how a property is changed ---
    const idOf = (field) => `tt-property-${field}`;
    const control = (field) => document.getElementById(idOf(field));

    function change(field, anchor = control(field.field)) {
      if (field.how === "type" || field.how === "tick") anchor?.focus();
      else if (anchor && !panel.isOpen(field.field)) (field.how === "choose" ? choose : fill)(field, anchor);
    }
    // What is left as it was found is no change, whatever others make of it meanwhile; what was refused is tried again.
    const isKeptAs = (field, found, left) => same(found, left) && !unsaved.problem(field);
    function choose(field, anchor) {
      const version = props.task.version;
      const found = unsaved.value(field.field);
      const value = ref(found);
      const list = () => value.value ?? [];
      const toggle = (each) => {
        if (!field.several) value.value = each;
        else value.value = list().includes(each) ? list().filter((other) => other !== each) : [...list(), each];
      };
      const draw = () =>
        h(Choices, {
          ...{ name: field.name, options: field.options(), several: field.several, onToggle: toggle, onResize: panel.place },
          ...{ chosen: field.several ? list() : [value.value], onDone: () => panel.close() },
        });
      const leave = (isKept) => isKept && !isKeptAs(field.field, found, value.value) && unsaved.save(field.field, value.value, version);
      panel.open({ ...open(field, anchor), draw, leave });
    }
    function fill(field, anchor) {
      let version = props.task.version;
      const found = unsaved.value(field.field);
      let entered = found;
      const attributes = {
        ...{ name: field.name, value: found, hasTime: field.hasTime, draft: draftOf(field.field), version },
        onUpdate: (value) => (entered = value),
        onBegun: (value) => (version = value),
        onDone: () => panel.close(),
      };
      const leave = (isKept) => {
        if (isKept && entered !== undefined && !isKeptAs(field.field, found, entered)) unsaved.save(field.field, entered, version);
        else forget(field.field);
      };
      panel.open({ ...open(field, anchor), draw: () => h(field.how === "when" ? When : Repeat, attributes), leave });
    }
    const open = ({ field, name }, anchor) => ({ id: field, name, anchor, back: () => control(field) ?? anchor });

    // --- reminders ---
    function askForReminder(anchor) {
      refused.value = "";
      const draw = () =>
        h(NewReminder, {
          ...{ problem: refused.value, hasDue: !isEmpty(props.task.values.due) },
          onAdd: (wanted) => {
            if (reminds.value) return;
            reminds.value = true;
            emit("remind", wanted);
          },
        });
      panel.open({ id: REMINDERS, name: t("New reminder"), anchor, draw, back: () => control(REMINDERS) ?? control("add") ?? anchor });
    }

    // --- drawn ---
    function button(field) {
      const [label, value] = [`${idOf(field.field)}-label`, idOf(field.field)];
      const shown = drawn(field, unsaved.value(field.field), props.task);
      if (!mayChange(field)) return h("span", { class: "tt-property-text", id: value }, shown);
      const attributes = {
        ...{ class: "tt-property-button", type: "button", id: value, "aria-labelledby": `${label} ${value}` },
        ...{ "aria-haspopup": field.how === "choose" ? "listbox" : "dialog", "aria-expanded": panel.isOpen(field.field) },
        ...{ "data-draft-opens": field.how === "choose" || unsaved.isEntered(field.field) ? undefined : draftOf(field.field), ...problemOf(field) },
        onClick: ({ currentTarget }) => (panel.isOpen(field.field) ? panel.close() : change(field, currentTarget)),
      };
      return h("button", attributes, [shown]);
    }
    const problemOf = ({ field }) =>
      unsaved.problem(field) ? { "aria-describedby": `${idOf(field)}-problem`, "aria-invalid": "true" } : {};

    function offered() {
      const cards = [...(window.tasktracker.view?.live.cards.values() ?? [])].filter((card) => card.number !== props.task.number);
      return cards.map((card) => ({ value: `${props.frame.key}-${card.number}`, name: card.title }));
    }
    const typed = (field) =>
      h(Typed, {
        ...{ id: idOf(field.field), labelId: `${idOf(field.field)}-label`, kind: field.kind, limit: field.limit },
        ...{ value: unsaved.value(field.field), placeholder: field.placeholder ?? t("None"), version: props.task.version },
        ...{ draft: draftOf(field.field), canEdit: mayChange(field), offered: field.kind === "parent" ? offered() : undefined },
        problemId: unsaved.problem(field.field) ? `${idOf(field.field)}-problem` : undefined,
        onEnter: (value, version) => unsaved.save(field.field, value, version ?? undefined),
        onGiveUp: () => unsaved.giveUp(field.field),
      });
    const tick = (field) =>
      h("input", {
        ...{ class: "tt-property-tick", type: "checkbox", id: idOf(field.field), "aria-labelledby": `${idOf(field.field)}-label` },
        ...{ checked: Boolean(unsaved.value(field.field)), disabled: !mayChange(field), ...problemOf(field) },
        onChange: ({ target }) => unsaved.save(field.field, target.checked),
      });
    const CONTROLS = { type: typed, tick };

    const row = (field) =>
      h("div", { class: ["tt-property", { "tt-property--waits": unsaved.isWaiting(field.field) }], key: field.field, "data-field": field.field }, [
        h("span", { class: "tt-property-label", id: `${idOf(field.field)}-label`, title: field.name, dir: "auto" }, field.name),
        h("div", { class: "tt-property-value" }, [(CONTROLS[field.how] ?? button)(field)]),
        unsaved.problem(field.field)
          ? h("p", { class: "tt-property-problem", id: `${idOf(field.field)}-problem` }, unsaved.problem(field.field))
          : null,
      ]);

    const reminder = (each) => {
      const name = reminderText(each);
      const removal = t("Remove the reminder: {name}", { name });
      return h("li", { class: ["tt-reminder", { "tt-reminder--over": each.fired_at }], key: each.id }, [
        h("span", { class: "tt-reminder__text" }, [name, h("span", { class: "tt-quiet" }, reminderHint(each))]),
        h("button", { class: "tt-file__remove", type: "button", "aria-label": removal, title: removal, onClick: () => emit("forget", each.id) }, "×"),
      ]);
    };
    const reminders = () =>
      props.task.reminders.length
        ? h("div", { class: "tt-property tt-property--tall", key: REMINDERS }, [
            h("span", { class: "tt-property-label" }, t("Reminders")),
            h("div", { class: "tt-property-value" }, [h("ul", { class: "tt-reminders" }, props.task.reminders.map(reminder))]),
          ])
        : null;
    const outside = ({ source, id }) =>
      h("div", { class: "tt-property", key: "outside" }, [
        h("span", { class: "tt-property-label" }, t("Source")),
        h("div", { class: "tt-property-value" }, [h("span", { class: "tt-property-text", dir: "auto" }, [source, " · ", address(id)])]),
      ]);
    const address = (id) =>
      /^https?:\/\//i.test(id) ? h("a", { href: id, target: "_blank", rel: "noopener noreferrer nofollow" }, id) : id;

    // What is empty stands behind one button.
    function addable() {
      const hidden = props.canEdit ? fields.value.filter((field) => mayChange(field) && !isShown(field)) : [];
      const options = hidden.map(({ field, name }) => ({ value: field, name }));
      return props.task.trashed ? options : [...options, { value: REMINDERS, name: t("Reminder") }];
    }
    function add(anchor) {
      let wanted = null;
      const draw = () => h(Choices, { name: t("Add a property"), options: addable(), chosen: [], onToggle: (value) => (wanted = value), onDone: () => panel.close({ back: false }), onResize: panel.place });
      const leave = (isKept) => {
        if (!isKept || !wanted) return anchor.focus();
        if (wanted === REMINDERS) return setTimeout(() => askForReminder(control("add")));
        asked.add(wanted);
        setTimeout(() => change(fields.value.find(({ field }) => field === wanted)));
      };
      panel.open({ id: "add", name: t("Add a property"), anchor, draw, leave });
    }
    const adding = () =>
      addable().length
        ? h("button", { class: "tt-property-add", type: "button", id: idOf("add"), "aria-haspopup": "listbox", "aria-expanded": panel.isOpen("add"), onClick: ({ currentTarget }) => (panel.isOpen("add") ? panel.close() : add(currentTarget)) }, t("Add…"))
        : null;

    const now = useNow();
    const told = () => {
      const { created, changed } = props.task;
      return h("div", { class: "tt-task-dates" }, [
        h("p", { title: moment(created.at) }, t("Created by {person} on {day}", { person: created.by, day: day(created.at, "long") })),
        changed ? h("p", { title: moment(changed.at) }, t("Changed by {person} {ago}", { person: changed.by, ago: ago(changed.at, now.value) })) : null,
      ]);
    };

    if (props.isPage) taskView({ props, unsaved, act: (act) => emit("act", act) });
    watch(() => props.task.ref, () => asked.clear());

    return () =>
      h("div", { class: "tt-properties" }, [
        ...fields.value.filter(isShown).map(row),
        reminders(),
        props.task.outside ? outside(props.task.outside) : null,
        adding(),
        told(),
        panel.draw(),
        h("p", { class: "tt-sr-only", role: "status" }, said.value),
      ]);
  },
};
