// The priorities, the most urgent one first, and what they are called.
const { t } = window.tasktracker;

const NAMES = {
  urgent: () => t("Urgent"),
  high: () => t("High"),
  medium: () => t("Medium"),
  low: () => t("Low"),
  none: () => t("No priority"),
};

export const PRIORITIES = Object.keys(NAMES);
export const priorityName = (priority) => NAMES[priority]();
