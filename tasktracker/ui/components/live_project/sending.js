// Sends what people want, also what they want while the connection is away: see static/connection.js.
import { onMounted } from "vue";

const { tn } = window.tasktracker;
const LOOK = 50; // ms
const connection = () => window.tasktracker.connection;

// Gives `send(name, payload)`, which emits, and remembers what cannot be sent yet. A change names the versions that it
// was based on: what somebody else has changed since is not overwritten, however late it comes.
export function useSending(emit, key) {
  function send(name, payload) {
    if (connection()?.isLost()) connection().note({ key, name, payload });
    emit(name, payload);
  }

  function again(changes) {
    if (!window.did_handshake) return void setTimeout(again, LOOK, changes);
    for (const { name, payload } of changes) send(name, payload);
    const message = tn("{n} change that waited was sent", "{n} changes that waited were sent", changes.length);
    window.Quasar.Notify.create({ message, position: "bottom", classes: "tt-toast tt-toast-info", timeout: 3500 });
  }

  onMounted(() => {
    const changes = connection()?.take(key) ?? [];
    if (changes.length) again(changes);
  });
  return send;
}

// Call it after so many milliseconds in which the server could have answered.
export function afterAnswer(call, within) {
  return setTimeout(() => (connection()?.isLost() ? connection().whenBack(() => afterAnswer(call, within)) : call()), within);
}
