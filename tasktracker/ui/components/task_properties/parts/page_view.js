// On a task's own page, the task is what commands mean: the page has a view of it alone (see page_view.js of the views).
import { computed, onBeforeUnmount, onMounted } from "vue";

export function taskView({ props, unsaved, act }) {
  const byId = (things) => new Map(things.map((each) => [each.id, each]));
  const frame = computed(() => ({
    ...{ key: props.frame.key, columns: props.frame.columns, archived: !props.canEdit },
    ...{ labels: byId(props.frame.labels), people: byId(props.frame.people) },
  }));
  const card = () => ({
    ...{ number: props.task.number, title: props.task.title, version: props.task.version, ...props.task.values },
  });
  const view = {
    key: props.frame.key,
    live: {
      frame,
      get cards() {
        return new Map([[props.task.number, card()]]);
      },
    },
    canEdit: () => props.canEdit,
    selection: () => [props.task.number],
    edit(_numbers, fields) {
      const wanted = typeof fields === "function" ? fields(card()) : fields;
      for (const [field, value] of Object.entries(wanted ?? {})) unsaved.save(field, value);
    },
    act: (_numbers, wanted) => act(wanted),
    open: (number) => window.location.assign(`${window.path_prefix ?? ""}/t/${props.frame.key}-${number}`),
    focusOn: () => {},
    clear: () => {},
  };

  onMounted(() => (window.tasktracker.view ??= view));
  onBeforeUnmount(() => {
    if (window.tasktracker.view === view) delete window.tasktracker.view;
  });
}
