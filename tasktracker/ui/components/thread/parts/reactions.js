// What people answered a comment with, and the small choice of emoji to answer with.
import { h, nextTick, shallowRef } from "vue";
import { onPressedElsewhere, walk } from "tasktracker-parts/hooks.js";
import { icon } from "tasktracker-parts/icons.js";

const { t, tn, number } = window.tasktracker;

const EMOJI = [
  ["👍", () => t("Thumbs up")],
  ["👎", () => t("Thumbs down")],
  ["❤️", () => t("Heart")],
  ["🎉", () => t("Hooray")],
  ["😄", () => t("Laugh")],
  ["😕", () => t("Confused")],
  ["👀", () => t("Looking")],
  ["🚀", () => t("Rocket")],
];
const nameOf = (emoji) => EMOJI.find(([each]) => each === emoji)?.[1]() ?? emoji;

// A button for each answer: pressed, it gives the same one or takes one's own back.
export function reactions(given, { canReact, react }) {
  if (!given.length) return null;
  const one = ({ emoji, n, own, names }) =>
    h("button", {
      ...{ type: "button", class: "tt-reaction", "aria-pressed": own, disabled: !canReact, key: emoji },
      ...{ title: names, "aria-label": tn("{emoji}, from {n} person: {names}", "{emoji}, from {n} people: {names}", n, { emoji: nameOf(emoji), names }) },
      onClick: () => react(emoji, !own),
    }, [h("span", { "aria-hidden": "true" }, emoji), h("span", { "aria-hidden": "true" }, number(n))]);
  return h("div", { class: "tt-reactions", role: "group", "aria-label": t("Reactions"), key: "reactions" }, given.map(one));
}

export const ReactionPicker = {
  props: { given: Array },
  emits: ["react"],
  setup(props, { emit }) {
    const [root, isOpen] = [shallowRef(), shallowRef(false)];
    const buttons = () => [...root.value.querySelectorAll(".tt-emoji")];

    async function open() {
      isOpen.value = true;
      await nextTick();
      buttons()[0].focus();
    }
    function close() {
      isOpen.value = false;
      root.value.querySelector("button").focus();
    }
    function choose(emoji) {
      close();
      emit("react", { emoji, wanted: !props.given.some((each) => each.emoji === emoji && each.own) });
    }
    function onKeydown(event) {
      if (!isOpen.value) return;
      const along = getComputedStyle(root.value).direction === "rtl" ? -1 : 1;
      const step = { ArrowRight: along, ArrowDown: 1, ArrowLeft: -along, ArrowUp: -1 }[event.key];
      if (step) walk(buttons(), step);
      else if (event.key === "Escape") close();
      else return;
      event.preventDefault();
      event.stopPropagation();
    }
    const leave = () => (isOpen.value = false);
    const onFocusout = ({ relatedTarget }) => relatedTarget && !root.value.contains(relatedTarget) && leave();
    onPressedElsewhere(root, leave);

    const choice = ([emoji, name]) =>
      h("button", { type: "button", class: "tt-square tt-emoji", "aria-label": name(), title: name(), key: emoji, onClick: () => choose(emoji) }, emoji);
    return () =>
      h("span", { class: "tt-emojis", ref: root, onKeydown, onFocusout }, [
        h("button", {
          ...{ type: "button", class: "tt-text-button tt-emojis__button", "aria-label": t("Add a reaction"), title: t("Add a reaction") },
          ...{ "aria-expanded": isOpen.value, onClick: () => (isOpen.value ? close() : open()) },
        }, [icon("add_reaction")]),
        isOpen.value ? h("span", { class: "tt-emojis__panel", role: "group", "aria-label": t("Reactions") }, EMOJI.map(choice)) : null,
      ]);
  },
};
