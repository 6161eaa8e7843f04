// One project's cards in the browser: loaded once, kept up to date by patches, with the moves of this tab drawn
// before the server has answered. The order of cards is the byte order of their positions.
import { onBeforeUnmount, onMounted, shallowRef, watch } from "vue";
import { onConnectedAgain } from "tasktracker-parts/hooks.js";
import { fetchJson } from "./fetching.js";
import { afterAnswer } from "./sending.js";
import { GAP, byPosition, cellOf, insert, isSameSpot, spotOf } from "./spots.js";
import { pageFilter } from "./task_filter.js";

const ANSWER_WITHIN = 10_000; // ms with a connection: a move nobody answered for so long is taken back
const PAUSES = [0, 1_000, 2_000, 5_000, 15_000]; // ms before each further try to load again

export class LiveProject {
  state = shallowRef("loading"); // then "ready" or "failed"
  reason = shallowRef(""); // why loading failed, in the server's words
  at = shallowRef(null); // the moment of the past that is shown (RFC 3339), or null
  frame = shallowRef(null); // what surrounds the cards: {key, name, archived, columns, labels, people}
  lists = shallowRef(new Map()); // cell -> its cards as drawn; a list that did not change stays the same object
  hidden = new Map(); // column id -> how many of its cards the filter does not let through
  lanes = null; // a ref of how the cards of each column are parted into lanes, or of null: see grouping.js
  held = null; // the card in somebody's hand: {number, spot, gap}
  news = false; // whether the lists changed last because of what the server said
  cards = new Map(); // number -> card, as the server has it
  revision = -1;

  #url;
  #send;
  #filter;
  #sorted = [];
  #moves = new Map(); // number -> a move that is drawn but not answered yet
  #waiting = []; // patches that came too early
  #turn = 0;
  #loading = false;
  #failures = 0;
  #later = 0;

  // `send` gets each move as {number, column_id, after, before, version}, and `fields` where the lane gives new ones.
  constructor(url, { send = () => {}, filter = null } = {}) {
    this.#url = url;
    this.#send = send;
    this.#filter = filter;
  }

  async load() {
    clearTimeout(this.#later);
    const turn = ++this.#turn; // a newer call makes this one moot
    this.#loading = true;
    if (!this.frame.value) this.state.value = "loading";
    try {
      const at = this.at.value ? `?at=${encodeURIComponent(this.at.value)}` : "";
      const [board] = await Promise.all([fetchJson(this.#url + at), this.#filter?.ready]);
      if (turn === this.#turn) this.#take(board);
    } catch (error) {
      if (turn === this.#turn) this.#failed(error);
    }
  }

  // Show the project as it was at that moment from the next load on; it does not change meanwhile.
  travel(at) {
    this.at.value = at ?? null;
    this.revision = -1;
    this.#waiting = [];
    for (const number of [...this.#moves.keys()]) this.#forget(number);
    this.held = null;
    return this;
  }

  patch(patch) {
    if (this.at.value) return;
    if (this.revision < 0 || patch.since > this.revision) {
      this.#waiting.push(patch);
      if (this.revision >= 0 && !this.#loading) this.#again();
    } else if (patch.revision > this.revision) {
      this.#merge(patch);
    }
  }

  // Whether a card is among those that the filter lets through.
  isShown(number) {
    if (this.at.value) return this.cards.has(number); // the filter knows the present only
    return this.cards.has(number) && this.#filter?.fits.value?.has(number) !== false;
  }

  // Draw anew, since other cards fit or the lanes are others.
  redraw() {
    if (this.frame.value) this.#draw(true);
  }

  // Draw the card of that number at the spot {cell, column_id, lane, after, before}, or, with `gap`, only where it would land.
  hold(number, spot, gap = false) {
    this.held = { number, spot, gap };
    this.#draw();
  }

  letGo() {
    this.held = null;
    this.#draw();
  }

  // Leave the held card where it is drawn, and ask the server for it. Returns whether that is a change.
  drop() {
    const { number, spot } = this.held;
    const home = spotOf(this.#arrange(null), number);
    const goal = spotOf(this.#arrange({ number, spot, gap: false }), number);
    this.held = null;
    const moved = Boolean(home && goal) && !isSameSpot(home, goal);
    const earlier = this.#moves.get(number);
    if (moved && earlier)
      earlier.next = goal; // its version is only known once the first move is answered
    else if (moved) this.#start(number, goal);
    this.#draw();
    return moved;
  }

  // The server refused the move of that card. Returns whether it was drawn elsewhere because of it.
  refuse(number) {
    const known = this.#forget(number);
    if (known) this.#draw();
    return known;
  }

  // Whether that card is drawn where this tab put it.
  isMine(number) {
    return this.#moves.has(number) || this.held?.number === number;
  }

  // Nobody said what became of the move of that card.
  unanswered(number) {
    this.refuse(number);
  }

  // The server agreed: the card has, or will have, that version.
  accept(number, version) {
    const move = this.#moves.get(number);
    if (!move) return;
    move.accepted = version;
    this.#settle();
    this.#draw();
  }

  close() {
    this.#turn += 1;
    clearTimeout(this.#later);
    for (const number of [...this.#moves.keys()]) this.#forget(number);
  }

  #take(board) {
    this.#loading = false;
    if (board.revision >= this.revision) {
      this.revision = board.revision;
      this.cards = new Map(board.cards.map((card) => [card.number, this.#sameOr(card)]));
      this.#enframe(board.project);
      this.#changed();
    }
    this.state.value = "ready";
    for (const patch of this.#waiting.splice(0)) this.patch(patch);
    if (!this.#waiting.length) this.#failures = 0;
  }

  #failed(error) {
    this.#loading = false;
    const forbidden = error.status >= 400 && error.status < 500;
    if (this.frame.value && !forbidden) return this.#again();
    this.frame.value = null; // what somebody may not see any more is not shown any more
    this.reason.value = error.message;
    this.state.value = "failed";
  }

  #again() {
    this.#loading = true;
    this.#later = setTimeout(() => this.load(), PAUSES[Math.min(this.#failures++, PAUSES.length - 1)]);
  }

  #merge(patch) {
    for (const card of patch.cards) {
      if (!(this.cards.get(card.number)?.version > card.version)) this.cards.set(card.number, card);
    }
    for (const number of patch.gone) this.cards.delete(number);
    if (patch.project) this.#enframe(patch.project);
    this.revision = patch.revision;
    this.#filter?.changed(patch.cards.map((card) => card.number));
    this.#changed();
  }

  // Keeping the objects of unchanged cards keeps their drawings.
  #sameOr(card) {
    const known = this.cards.get(card.number);
    return known && JSON.stringify(known) === JSON.stringify(card) ? known : card;
  }

  #enframe(project) {
    const byId = (things) => new Map(things.map((thing) => [thing.id, thing]));
    this.frame.value = { ...project, labels: byId(project.labels), people: byId(project.people) };
  }

  #changed() {
    this.#sorted = [...this.cards.values()].sort(byPosition);
    if (this.held && !this.cards.has(this.held.number)) this.held = null;
    this.#settle();
    this.#draw(true);
  }

  #start(number, spot) {
    const card = this.cards.get(number);
    const move = { spot, card };
    move.timer = afterAnswer(() => {
      if (this.#moves.get(number) !== move) return;
      this.unanswered(number);
      this.load();
    }, ANSWER_WITHIN);
    this.#moves.set(number, move);
    const { column_id, lane, after, before } = spot;
    const fields = lane === null ? null : this.lanes?.value?.fieldsFor(card, lane);
    this.#send({ number, column_id, after, before, version: card.version, ...(fields && { fields }) });
  }

  // A newer version that lies where the card lay is somebody's edit of other fields: our move is still under way.
  #settle() {
    for (const [number, move] of [...this.#moves]) {
      const card = this.cards.get(number);
      const moved = card && (card.column_id !== move.card.column_id || card.position !== move.card.position);
      if (card && !(card.version >= move.accepted) && !(moved && card.version > move.card.version)) continue;
      this.#forget(number);
      if (card && move.next) this.#start(number, move.next);
    }
  }

  #forget(number) {
    clearTimeout(this.#moves.get(number)?.timer);
    return this.#moves.delete(number);
  }

  #draw(news = false) {
    this.news = news;
    const lists = this.#arrange(this.held);
    for (const [id, list] of lists) {
      const old = this.lists.value.get(id);
      if (old?.length === list.length && list.every((card, index) => card === old[index])) lists.set(id, old);
    }
    this.lists.value = lists;
  }

  // Every cell's cards: the server's truth, moves on their way laid over it, and over those what is held.
  #arrange(held) {
    const lists = new Map((this.frame.value?.columns ?? []).map((column) => [column.id, []]));
    const spots = new Map([...this.#moves].map(([number, move]) => [number, move.next ?? move.spot]));
    if (held && !held.gap) spots.set(held.number, held.spot);
    for (const [number, spot] of spots) if (!lists.has(spot.column_id)) spots.delete(number);
    this.hidden = new Map();
    for (const card of this.#sorted) {
      if (spots.has(card.number)) continue;
      if (this.isShown(card.number)) lists.get(card.column_id)?.push(card);
      else this.hidden.set(card.column_id, (this.hidden.get(card.column_id) ?? 0) + 1);
    }
    for (const [number, spot] of spots) insert(lists.get(spot.column_id), this.cards.get(number), spot);
    if (held?.gap && lists.has(held.spot.column_id)) insert(lists.get(held.spot.column_id), GAP, held.spot);
    return this.lanes?.value ? this.#parted(lists, spots, held) : lists;
  }

  #parted(columns, spots, held) {
    const lanes = this.lanes.value;
    const laneOf = (card) => (card === GAP ? held.spot.lane : (spots.get(card.number)?.lane ?? lanes.of(card)));
    const there = [...columns.values()].flat().map(laneOf);
    const lists = new Map();
    for (const { id } of lanes.sorted(new Set(there))) {
      for (const column_id of columns.keys()) lists.set(cellOf(column_id, id), []);
    }
    for (const [column_id, cards] of columns) {
      for (const card of cards) lists.get(cellOf(column_id, laneOf(card)))?.push(card);
    }
    return lists;
  }
}

// A project for the life of the component that calls this. `lanesOf(live)` gives its `lanes`.
export function useLiveProject(url, { send, lanesOf } = {}) {
  const filter = pageFilter(url);
  const live = new LiveProject(url, { send, filter });
  const again = () => {
    live.load();
    filter.refresh();
  };
  watch(filter.fits, () => live.redraw());
  if (lanesOf) {
    live.lanes = lanesOf(live);
    watch(live.lanes, () => live.redraw());
  }
  onMounted(() => live.load());
  onConnectedAgain(again);
  onBeforeUnmount(() => live.close());
  return live;
}
