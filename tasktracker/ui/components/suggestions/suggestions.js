// What a field offers while somebody types in it: the browser draws the list.
import { h } from "vue";

export default {
  props: { words: Array },
  render() {
    return h("datalist", this.words.map((word) => h("option", { value: word, key: word })));
  },
};
