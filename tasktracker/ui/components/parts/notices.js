// Notifications, grouped by the task that they are about; and when they may be put off until.

const { t } = window.tasktracker;

// The groups as drawn, the one with the newest notification first.
export function grouped(items, state) {
  const groups = new Map();
  for (const item of items) {
    if (state === "all" && item.snoozed) continue;
    if (state === "snoozed" && !item.snoozed) continue;
    if (state === "unread" && (!item.unread || item.snoozed)) continue;
    const group = groups.get(item.ref) ?? { ref: item.ref, key: item.ref.split("-")[0], title: item.title, items: [] };
    group.items.push(item);
    group.unread ||= item.unread && !item.snoozed;
    group.snoozed ??= item.snoozed;
    groups.set(item.ref, group);
  }
  return [...groups.values()];
}

// Moments (ISO) by their names, in the reader's own time.
export function snoozes(now) {
  const at = (days, hour) => new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, hour);
  const later = new Date(now.getTime() + 3 * 3_600_000);
  later.setMinutes(0, 0, 0);
  const monday = ((8 - now.getDay()) % 7) || 7; // days until the next one
  const named = [
    [later.toDateString() === now.toDateString() ? t("Later today") : t("In three hours"), later],
    [t("Tomorrow"), at(1, 9)],
    [t("Next week"), at(monday, 9)],
  ];
  return named.map(([name, moment]) => ({ id: moment.toISOString(), name }));
}
