// Moments in the reader's words, and what changes with the time.
import { onBeforeUnmount, onMounted, shallowRef } from "vue";

const { day, dayOf, intl, moment, relativeDay, t, time, today, unitOf } = window.tasktracker;

// How long ago that was, in few letters: “5m ago”.
export function ago(iso, now) {
  const seconds = (new Date(iso) - now) / 1000;
  const [unit, size] = unitOf(seconds);
  if (!unit) return t("now");
  return intl("RelativeTimeFormat", { numeric: "always", style: "narrow" }).format(Math.trunc(seconds / size), unit);
}

export const exact = moment;

// A moment to come: the time of day if it is today, else with its day.
export function until(iso) {
  if (dayOf(iso) === today()) return time(iso);
  return t("{day}, {time}", { day: day(dayOf(iso), "weekday"), time: time(iso) });
}

// A day by its name or date; a moment with its time.
export function whenText(value) {
  if (!value) return "";
  const named = relativeDay(value);
  return value.length > 10 ? t("{day}, {time}", { day: named, time: time(value) }) : named;
}

// The present in milliseconds; it moves on so that “5m ago” does.
export function useNow() {
  const now = shallowRef(Date.now());
  const timer = setInterval(() => (now.value = Date.now()), 30_000);
  onBeforeUnmount(() => clearInterval(timer));
  return now;
}

// Whether a media query holds.
export function useMedia(query) {
  const media = matchMedia(query);
  const holds = shallowRef(media.matches);
  const look = () => (holds.value = media.matches);
  onMounted(() => media.addEventListener("change", look));
  onBeforeUnmount(() => media.removeEventListener("change", look));
  return holds;
}
