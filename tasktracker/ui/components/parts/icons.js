// Material symbols, for the eye only: drawn as Quasar draws them.
import { h } from "vue";

export const icon = (name) => h("i", { class: "q-icon notranslate material-icons tt-icon", "aria-hidden": "true" }, name);
