import { setTimeout as pause } from 'node:timers/promises';
import { eventStream } from '@coord/client/index';

export interface Doorbell {
  /** Where the engine listens. */
  url: string;
  /** What to listen for, as the filters of `/history`. */
  query: Readonly<Record<string, string>>;
  /** Ends the ringing. */
  signal: AbortSignal;
  /** It rings at least this often, in ms, for what changes by time alone. */
  atLeastMs: number;
}

/** Where the stream of events can't be had, looking again this often takes its place. */
const POLL_MS = 2_000;
/** Events that come together are one ring. */
const GATHER_MS = 100;

/**
 * Rings when it is time to look again: once it listens to the engine's stream of events, when something has happened, and every `atLeastMs`.
 * Where the stream can't be had it rings every two seconds. Nothing falls between two rings.
 */
export async function* rings({ url, query, signal, atLeastMs }: Doorbell): AsyncGenerator<void, void> {
  const over = new AbortController();
  const ends = AbortSignal.any([signal, over.signal]);
  const bell = new Bell();
  ends.addEventListener('abort', () => bell.ring(), { once: true });
  const listener = listen({ url, query, signal: ends }, bell);
  try {
    for (;;) {
      await bell.rung(() => (bell.listening ? atLeastMs : Math.min(POLL_MS, atLeastMs)));
      await rest(GATHER_MS, ends);
      if (ends.aborted) return;
      bell.quiet();
      yield;
    }
  } finally {
    over.abort();
    await listener;
  }
}

/** Rings for every event, and whenever the stream opens or is lost: then something may have been missed. */
async function listen(followed: { url: string; query: Readonly<Record<string, string>>; signal: AbortSignal }, bell: Bell): Promise<void> {
  const hear = (listening: boolean) => {
    bell.listening = listening;
    bell.ring();
  };
  while (!followed.signal.aborted) {
    try {
      for await (const _ of eventStream({ ...followed, onOpen: () => hear(true) })) bell.ring();
    } catch {
      // whoever looks again is told why the engine can't be reached
    }
    hear(false);
    await rest(POLL_MS, followed.signal);
  }
}

class Bell {
  listening = false;
  #rung = false;
  #wake = (): void => undefined;

  ring(): void {
    this.#rung = true;
    this.#wake();
  }

  quiet(): void {
    this.#rung = false;
  }

  /** Resolves when it rings or has rung, and after `ms` at the latest. */
  async rung(ms: () => number): Promise<void> {
    if (this.#rung) return;
    const woken = new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    const timer = setTimeout(this.#wake, ms());
    await woken;
    clearTimeout(timer);
  }
}

/** A pause that `signal` cuts short. */
const rest = (ms: number, signal: AbortSignal): Promise<void> => pause(ms, undefined, { signal }).catch(() => undefined);
