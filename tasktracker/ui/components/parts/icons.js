// Pictures for the eye only: Material symbols, drawn as Quasar draws them, and drawings of our own.
import { h } from "vue";

// A symbol by its name, which no browser's translation touches. `look` says how large it is; without one, the text around it.
export const icon = (name, look = "tt-icon") =>
  h("i", { class: ["q-icon notranslate material-icons", look], "aria-hidden": "true" }, name);

// The same in a template, as large as the text around it.
export const Icon = ({ name }) => icon(name, null);
Icon.props = ["name"];

// Shapes, each `[tag, attributes]`, in a square of 16; `look` says how they are drawn.
export const drawing = (look, shapes) => () =>
  h("svg", { class: `tt-svg tt-svg--${look}`, viewBox: "0 0 16 16", "aria-hidden": "true" }, shapes.map(([tag, attributes]) => h(tag, attributes)));
