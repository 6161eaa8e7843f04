// One line that describes a task, or several that describe one each: what is understood of it shows as chips while it
// is typed. Around what Python draws into it, the fields beside the line, it is the form that makes the tasks.
import { computed, h, nextTick, onMounted, shallowRef } from "vue";
import { afterAnswer } from "tasktracker-live-project/sending.js";
import { useOffers } from "tasktracker-quick-line/offers.js";
import { chipOf, piecesOf, placed, without } from "tasktracker-quick-line/chips.js";
import { useReading } from "tasktracker-quick-line/reading.js";

const { t, tn } = window.tasktracker;
const ANSWER_WITHIN = 10_000; // ms with a connection until somebody may try again
const MARK = "tt-line__mark";
let goesOn = false; // whether one makes another task after this one: as long as the page is there

export default {
  props: { names: Object, draft: String, overruled: { type: Array, default: () => [] } },
  emits: ["read", "create", "cancel", "fold"],
  setup(props, { emit, slots, expose }) {
    const [field, text] = [shallowRef(), shallowRef("")];
    const [isBusy, isGoingOn, said] = [shallowRef(false), shallowRef(goesOn), shallowRef("")];
    const { reading, read, answered } = useReading((turn, line) => emit("read", { turn, text: line }));
    const typed = computed(() => text.value.split("\n").filter((line) => line.trim()).length);
    const isMany = computed(() => typed.value > 1);
    const lines = computed(() => placed(text.value, reading.value.lines));

    // Write for somebody, as if they did it: the draft hears of it, too.
    async function put(value, cursor = value.length) {
      field.value.value = value;
      field.value.setSelectionRange(cursor, cursor);
      field.value.dispatchEvent(new Event("input", { bubbles: true }));
      await nextTick();
      field.value?.focus();
    }
    const offers = useOffers({ field, put, names: () => props.names });

    function onInput({ target }) {
      if (!field.value) return; // on its way out
      const wasMany = isMany.value;
      text.value = target.value;
      read(target.value);
      offers.look();
      if (isMany.value && !wasMany) said.value = t("Each line becomes a task. Ctrl Enter creates them.");
    }

    function take(place, chip) {
      put(without(text.value, place, chip));
      read(text.value, 0);
    }

    const leaveOut = ({ line, at }) => {
      const [from, to] = [text.value.lastIndexOf("\n", at - 1) + 1, text.value.indexOf("\n", at + line.text.length)];
      put(to < 0 ? text.value.slice(0, from).trimEnd() : text.value.slice(0, from) + text.value.slice(to + 1));
    };

    // --- making them ---
    let [turn, sent] = [0, ""];
    function create(another = isGoingOn.value) {
      if (isBusy.value) return;
      isBusy.value = true;
      sent = text.value;
      const mine = (turn += 1);
      afterAnswer(() => mine === turn && (isBusy.value = false), ANSWER_WITHIN);
      emit("create", { text: sent, another });
    }
    // The server has made them, or refused to. What was typed meanwhile is the next one.
    function done(isMade) {
      turn += 1;
      isBusy.value = false;
      if (!isMade) field.value?.focus();
      else if (text.value.startsWith(sent)) put(text.value.slice(sent.length).trimStart());
      else put(text.value, field.value.selectionStart); // it has been changed, and is a draft of its own
    }

    // One task after all: the first line is its title, the rest belongs to the description.
    function fold() {
      const [title, ...rest] = text.value.trim().split("\n");
      put(title);
      emit("fold", rest.join("\n").trim());
    }

    function goOn({ target }) {
      goesOn = isGoingOn.value = target.checked;
    }

    function onKeydown(event) {
      if (event.isComposing || event.key !== "Enter") return;
      const isHere = event.target === field.value;
      if (!event.ctrlKey && !event.metaKey && (!isHere || event.shiftKey || isMany.value)) return;
      event.preventDefault();
      create(event.ctrlKey || event.metaKey || isGoingOn.value);
    }

    const beginWith = (title, insteadOf) => text.value.trim() === insteadOf && put(title);

    onMounted(() => field.value.focus());
    expose({ answered, done, beginWith });

    // --- drawn ---
    const line = () => {
      const pieces = piecesOf(text.value, reading.value.lines).map((piece) => (piece.isMark ? h("mark", { class: MARK }, piece.text) : piece.text));
      const typing = { onInput, onKeydown: offers.onKeydown, onKeyup: offers.onKeyup, onClick: offers.look, onBlur: offers.leave };
      const attributes = { class: "tt-line__field", rows: 1, placeholder: t("What needs to be done?"), "aria-label": t("Title"), dir: "auto" };
      const help = { "data-draft": props.draft, autocomplete: "off" };
      return h("div", { class: ["tt-line", { "tt-line--many": isMany.value }] }, [
        h("div", { class: "tt-line__sheet" }, [
          h("div", { class: "tt-line__mirror", "aria-hidden": "true", dir: "auto" }, [...pieces, "\u200b"]),
          h("textarea", { ref: field, ...attributes, ...help, ...offers.attributes(), ...typing }),
        ]),
        offers.draw(),
      ]);
    };

    const chipsOf = (place) => place.line.chips.map((chip) => chipOf(chip, { overruled: props.overruled, take: () => take(place, chip) }));
    const understood = () => {
      const [place] = lines.value;
      if (isMany.value || !place?.line.chips.length) return null;
      return h("ul", { class: "tt-saids", "aria-label": t("Understood of the title") }, chipsOf(place));
    };

    const rowOf = (place, index) => {
      const name = t("Leave out “{title}”", { title: place.line.title });
      return h("li", { class: "tt-lines__row", key: index }, [
        h("div", { class: "tt-lines__task" }, [
          h("span", { class: "tt-lines__title", dir: "auto" }, place.line.title),
          place.line.chips.length ? h("ul", { class: "tt-saids", "aria-label": t("Understood of “{title}”", { title: place.line.title }) }, chipsOf(place)) : null,
        ]),
        h("button", { class: "tt-square tt-lines__leave", type: "button", "aria-label": name, title: name, onClick: () => leaveOut(place) }, "×"),
      ]);
    };
    const many = () =>
      h("section", { class: "tt-lines", "aria-label": t("What becomes of the lines") }, [
        h("h3", { class: "tt-lines__heading" }, tn("{n} task, with what is chosen below", "{n} tasks, each with what is chosen below", typed.value)),
        h("ol", { class: "tt-lines__rows", tabindex: 0, "aria-label": t("Tasks") }, lines.value.map(rowOf)),
      ]);

    const button = (words, kind, onClick) =>
      h("button", { class: `tt-button tt-button-${kind}`, type: "button", disabled: isBusy.value, onClick }, words);
    const foot = () =>
      h("div", { class: "tt-line-foot" }, [
        h("label", { class: "tt-line-foot__more", title: t("Ctrl Enter creates this one, and goes on with another") }, [
          h("input", { type: "checkbox", checked: isGoingOn.value, onChange: goOn }),
          t("Create another"),
        ]),
        isMany.value ? button(t("One task of it"), "quiet", fold) : button(t("Cancel"), "quiet", () => emit("cancel")),
        button(isMany.value ? tn("Create {n} task", "Create {n} tasks", typed.value) : t("Create task"), "primary", () => create()),
      ]);

    return () =>
      h("div", { class: ["tt-new", { "tt-new--many": isMany.value }], onKeydown, "aria-busy": isBusy.value }, [
        line(),
        reading.value.problem ? h("p", { class: "tt-problem", role: "alert" }, reading.value.problem) : null,
        understood(),
        isMany.value ? many() : null,
        slots.default?.(),
        foot(),
        h("p", { class: "tt-sr-only", role: "status" }, said.value),
      ]);
  },
};
