// HTML that the server made of people's Markdown and cleaned; the browser cleans it once more.
import { h, onMounted, shallowRef, watch } from "vue";

export const CleanHtml = {
  props: { html: String },
  setup(props) {
    const root = shallowRef();
    const draw = () => {
      root.value.setHTML(props.html);
      // A link to one of our tasks stays in this tab.
      root.value.querySelectorAll('a:not([href^="/t/"])').forEach((link) => {
        link.target = "_blank";
        link.rel = "noopener noreferrer nofollow";
      });
    };
    onMounted(draw);
    watch(() => props.html, draw, { flush: "post" });
    return () => h("div", { class: "tt-prose", dir: "auto", ref: root });
  },
};
