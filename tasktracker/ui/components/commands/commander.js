// Carries commands out, wherever they are called from: a key, a button that bears a command's name, or the palette.
import { listenToKeys } from "./keys.js";
import { remember } from "./levels.js";
import * as places from "./place.js";
import { valuesOf } from "./values.js";

// `here` is the key of the page's project, if it is of one; `show` opens what the palette shows: commands(place),
// search(place), keys() and values(command, place).
export class Commander {
  #commands;
  #here;
  #me;
  #show;
  #stop;

  constructor({ commands, here, me, show }) {
    [this.#commands, this.#here, this.#me, this.#show] = [commands, here, me, show];
    const find = (keys) => this.#find(keys);
    const begins = (stroke) => this.#begins(stroke);
    const stopKeys = listenToKeys({ find, begins, run: (command) => this.run(command) });
    document.addEventListener("click", this.#click);
    this.#stop = () => {
      stopKeys();
      document.removeEventListener("click", this.#click);
    };
  }

  close() {
    this.#stop();
  }

  place() {
    return places.placeNow(this.#here);
  }

  run(command, place = this.place()) {
    const { does, what } = command;
    const deeds = {
      show: () => this.#show[what](place),
      choose: () => this.#show.values(command, place),
      go: () => places.go(places.addressOf(command, place)),
      press: () => places.press(places.buttonOf(command, place)),
      call: () => places.CALLS[what](place, this.#me),
    };
    return deeds[does]();
  }

  // What becomes of the palette after the choice of an item: "stay", "close", its next level, or a deed to make way for.
  pick(item, place, context) {
    if (item.level) return item.level.choose(item.value);
    if (item.task) return () => places.openTask(item.task, place);
    if (item.address) return () => places.go(item.address);
    remember(item.command);
    if (item.command.does === "choose") return valuesOf(item.command, place, context);
    return () => this.run(item.command, place);
  }

  // A command that only lacks a selection says so.
  #find(keys) {
    const named = this.#commands.filter((command) => command.keys?.includes(keys));
    const place = named.length ? this.place() : null;
    const found = named.find((command) => places.works(command, place));
    if (found || !place?.view || place.dialog || place.numbers.length) return found;
    return named.some(({ where }) => where === "selection") ? NOTHING_SELECTED : undefined;
  }

  #begins(stroke) {
    const begins = ({ keys }) => keys?.some((each) => each.startsWith(`${stroke} `));
    return this.#commands.some((command) => begins(command) && places.works(command, this.place()));
  }

  // A button that is what a command presses has a listener of its own.
  #click = (event) => {
    const id = event.target.closest?.("[data-command]")?.dataset.command;
    const command = id && this.#commands.find((each) => each.id === id);
    if (command && command.does !== "press" && places.works(command, this.place())) this.run(command);
  };
}

const NOTHING_SELECTED = { does: "call", what: "nothing-selected" };
