import { roughBytes } from '@coord/projection-runner/index';
import type { BoardJson, BoardState } from './board-state';

/** Most things in a part, and most bytes of several: what a batch can take in passing, some milliseconds of the engine's thread and of Postgres. */
const PART = { things: 500, bytes: 1024 * 1024 };
/** Fewest events from one snapshot to the next, and how many there are at least for each thing in the state. */
const FEWEST_EVENTS = 500;
const EVENTS_PER_THING = 0.5;
/** The share of these events in which a snapshot gets written. */
const SHARE = 0.25;

/** Some things of a state after the event at `whole.position`: part `part` (from 0) of `parts`. */
export interface SnapshotPart {
  part: number;
  parts: number;
  state: BoardJson;
}

const eventsBetween = (size: number): number => Math.max(FEWEST_EVENTS, EVENTS_PER_THING * size);

/**
 * Which part of which snapshot is to be written after which event. A snapshot is of one moment, but a large one is written part by part in the
 * course of the events that follow: at once it would hold all read models up for a second and more. The larger the state, the fewer
 * snapshots: their cost for each event stays the same. All of this depends on the events alone, not on how the log is cut.
 */
export class SnapshotParts {
  /** Events after the last snapshot, and in how many of them all of it gets written. */
  #since = 0;
  #spread: number;
  #whole: BoardJson | undefined;
  /** Where its parts begin, counted through all lists. */
  #beginnings: readonly number[] = [];
  #taken = 0;

  /** `state` of a snapshot that is written, or the empty one. */
  constructor(state: BoardState) {
    this.#spread = SHARE * eventsBetween(state.size);
  }

  /** Those that are due now that `state` has taken one more event. */
  after(state: BoardState): SnapshotPart[] {
    this.#since += 1;
    if (this.#since > this.#spread && this.#since >= eventsBetween(state.size)) this.#begin(state);
    const due: SnapshotPart[] = [];
    const parts = this.#beginnings.length;
    for (; this.#whole && this.#taken * this.#spread <= this.#since * parts; this.#taken += 1) {
      const [from = 0, to = Number.POSITIVE_INFINITY] = this.#beginnings.slice(this.#taken);
      due.push({ part: this.#taken, parts, state: cut(this.#whole, from, to) });
      if (this.#taken === parts - 1) this.#whole = undefined;
    }
    return due;
  }

  #begin(state: BoardState): void {
    this.#since = 0;
    this.#spread = SHARE * eventsBetween(state.size);
    this.#whole = state.toJson();
    this.#beginnings = beginnings(this.#whole);
    this.#taken = 0;
  }
}

/** The first thing of each part. */
function beginnings(whole: BoardJson): number[] {
  const found = [0];
  let [place, bytes] = [0, 0];
  for (const list of listsOf(whole)) {
    for (const thing of list) {
      const more = roughBytes(thing);
      const things = place - (found.at(-1) ?? 0);
      if (things === PART.things || (things > 0 && bytes + more > PART.bytes)) {
        found.push(place);
        bytes = 0;
      }
      bytes += more;
      place += 1;
    }
  }
  return found;
}

/** The things from one place to another, counted through all lists. */
function cut(whole: BoardJson, from: number, to: number): BoardJson {
  let before = 0;
  const some = <Thing>(list: Thing[]): Thing[] => {
    const [start, end] = [from - before, to - before];
    before += list.length;
    return list.slice(Math.max(0, start), Math.max(0, end));
  };
  const { locks, components, work, sessions, messages } = whole;
  return {
    ...whole,
    locks: some(locks),
    components: some(components),
    work: { workflows: some(work.workflows), items: some(work.items), completed: some(work.completed) },
    sessions: some(sessions),
    messages: { direct: some(messages.direct), broadcasts: some(messages.broadcasts), blockers: some(messages.blockers) },
  };
}

/** All parts of a snapshot as one, in order. Takes them for itself. */
export function joined([first, ...rest]: readonly BoardJson[]): BoardJson | undefined {
  const lists = first ? listsOf(first) : [];
  for (const part of rest) for (const [place, list] of listsOf(part).entries()) lists[place]?.push(...list);
  return first;
}

const listsOf = ({ locks, components, work, sessions, messages }: BoardJson): unknown[][] => [
  ...[locks, components, work.workflows, work.items, work.completed, sessions],
  ...[messages.direct, messages.broadcasts, messages.blockers],
];
