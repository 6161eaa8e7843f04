// Links that stay as they are while the page is open, and the one of this page among them.
import { h } from "vue";
import { icon as drawn } from "tasktracker-parts/icons.js";

const picture = ({ icon, color }) => [
  icon && drawn(icon),
  color && h("div", { class: "tt-project-dot", style: { "--tt-project": color } }),
];

const scrolls = (box) => box.scrollWidth > box.clientWidth && /auto|scroll/.test(getComputedStyle(box).overflowX);

// `scrollIntoView` would let the next Tab go on from there, and not begin at the top of the page.
function bringIntoSight(link) {
  let row = link?.parentElement;
  while (row && !scrolls(row)) row = row.parentElement;
  if (!row) return;
  const [here, whole] = [link.getBoundingClientRect(), row.getBoundingClientRect()];
  row.scrollLeft += (here.left + here.right - whole.left - whole.right) / 2;
}

export default {
  props: { items: Array, tag: String, kind: String, words: String },
  mounted() {
    bringIntoSight(this.$el.querySelector("[aria-current=page]"));
  },
  render() {
    const link = (item) => {
      const here = item.here ? "page" : undefined;
      const name = h("span", { class: this.words || undefined, dir: item.color ? "auto" : undefined }, item.name);
      return h("a", { class: this.kind, href: item.href, "aria-current": here, key: item.href }, [picture(item), name]);
    };
    return h(this.tag, this.items.map(link));
  },
};
