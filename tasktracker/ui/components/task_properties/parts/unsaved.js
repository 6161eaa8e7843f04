// What somebody has entered and the server has not said to have saved. It is shown in place of what is saved, whatever
// comes in meanwhile: until it is saved itself, or given up.
import { shallowReactive } from "vue";

export const same = (one, other) => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

// `saved(field)` is the value that is saved now, `version()` the task's; `send` takes {field, value, version, token}.
export function useUnsaved({ saved, version, send, forget }) {
  const entered = shallowReactive({}); // by field: {value, token, problem, next}; `token` while it is on its way
  let last = 0;

  const dispatch = (field, value, based) => {
    entered[field] = { value, token: ++last, problem: "" };
    send({ field, value, version: based, token: last });
  };

  // `based` is the version that was shown when somebody began to enter this.
  function save(field, value, based = version()) {
    const now = entered[field];
    if (now?.token) entered[field] = { ...now, value, next: true }; // one after the other: they would be at odds
    else if (!now && same(value, saved(field))) forget(field);
    else dispatch(field, value, based);
  }

  // The server's answer to `token`: `problem` says why not, and the task has that version now.
  function settle(token, problem, current) {
    const [field, now] = Object.entries(entered).find(([, each]) => each.token === token) ?? [];
    if (!field) return;
    if (now.next) dispatch(field, now.value, problem ? version() : current);
    else if (problem) entered[field] = { value: now.value, token: null, problem };
    else giveUp(field);
  }

  function giveUp(field) {
    delete entered[field];
    forget(field);
  }

  return {
    save,
    settle,
    giveUp,
    value: (field) => (field in entered ? entered[field].value : saved(field)),
    problem: (field) => entered[field]?.problem ?? "",
    isWaiting: (field) => Boolean(entered[field]?.token),
    isEntered: (field) => field in entered,
  };
}
