// A chart of ECharts. Who cannot see it is told its sentence; its numbers stand in a table beside it.
import { h, onBeforeUnmount, onMounted, shallowRef, watch } from "vue";
import { looksNow } from "./looks.js";

export const Chart = {
  // `draw(look)` gives the options; `told` is the sentence; `pick(index)` is what a click on a point does, if anything.
  props: { draw: Function, told: String, pick: Function },
  setup(props) {
    const root = shallowRef();
    let chart, resizing, theme;

    const redraw = () => chart?.setOption(props.draw(looksNow()), { notMerge: true });

    onMounted(async () => {
      const { echarts } = await import("nicegui-echart"); // a megabyte, that other pages need not wait for
      if (!root.value) return;
      chart = echarts.init(root.value, null, { renderer: "svg" });
      chart.on("click", ({ componentType, dataIndex }) => componentType === "series" && props.pick?.(dataIndex));
      redraw();
      resizing = new ResizeObserver(() => chart.resize());
      resizing.observe(root.value);
      theme = new MutationObserver(redraw);
      theme.observe(document.documentElement, { attributeFilter: ["data-theme", "dir"] });
    });
    watch(() => props.draw, redraw);
    onBeforeUnmount(() => {
      resizing?.disconnect();
      theme?.disconnect();
      chart?.dispose();
    });

    return () =>
      h("div", { class: "tt-chart", role: "img", "aria-label": props.told }, [
        h("div", { class: "tt-chart__canvas", ref: root, "aria-hidden": "true" }),
      ]);
  },
};
