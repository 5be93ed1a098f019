import type { RecordedEvent } from '@coord/projection-runner/index';
import { ComponentsOnBoard } from './components-on-board';
import { LocksOnBoard } from './locks-on-board';
import { MessagesOnBoard } from './messages-on-board';
import { SessionsOnBoard } from './sessions-on-board';
import { WorkOnBoard } from './work-on-board';

/** What a state is as plain JSON. */
export type BoardJson = ReturnType<BoardState['toJson']>;

/**
 * All that a board of any project and session needs, folded from the whole log: what is open, not what was. It knows no time but that of the
 * events; expired, stale and lost are for those to say who look at it. Mutable, for it runs on every event: `apply` costs microseconds
 * whatever the state's size. What it has given out as JSON stays as it was: nothing in there is changed, but replaced.
 */
export class BoardState {
  /** Of the last event, 0 before the first; when it was decided, and the latest moment of any event so far (ISO 8601 UTC). */
  position = 0;
  at = '';
  latestAt = '';
  locks = new LocksOnBoard();
  components = new ComponentsOnBoard();
  work = new WorkOnBoard();
  sessions = new SessionsOnBoard();
  messages: MessagesOnBoard;

  /** `keepBroadcastsMs`: a broadcast this much older than the latest event is unread by no one any more. */
  constructor(keepBroadcastsMs: number) {
    this.messages = new MessagesOnBoard(keepBroadcastsMs);
  }

  /** How many things it holds: a measure of what it costs to write or read it. */
  get size(): number {
    return this.locks.size + this.components.size + this.work.size + this.sessions.size + this.messages.size;
  }

  /** Takes the event after `position`. */
  apply(event: RecordedEvent): void {
    const { at } = event.metadata;
    this.position = event.position;
    this.at = at;
    // ISO 8601 in one notation: the order of the texts is the order of the times
    if (at > this.latestAt) this.latestAt = at;
    this.sessions.apply(event);
    this.locks.apply(event);
    this.components.apply(event);
    this.work.apply(event);
    this.messages.apply(event, this.latestAt);
  }

  toJson() {
    return {
      position: this.position,
      at: this.at,
      latest_at: this.latestAt,
      locks: this.locks.toJson(),
      components: this.components.toJson(),
      work: this.work.toJson(),
      sessions: this.sessions.toJson(),
      messages: this.messages.toJson(),
    };
  }

  static fromJson(json: BoardJson, keepBroadcastsMs: number): BoardState {
    const state = new BoardState(keepBroadcastsMs);
    state.position = json.position;
    state.at = json.at;
    state.latestAt = json.latest_at;
    state.locks = LocksOnBoard.fromJson(json.locks);
    state.components = ComponentsOnBoard.fromJson(json.components);
    state.work = WorkOnBoard.fromJson(json.work);
    state.sessions = SessionsOnBoard.fromJson(json.sessions);
    state.messages = MessagesOnBoard.fromJson(json.messages, keepBroadcastsMs);
    return state;
  }
}
