/** Where the time comes from: injected, so that a test can set it. */
export abstract class Clock {
  /** Milliseconds since 1970, by the server's clock. */
  abstract now(): number;
}

export class SystemClock extends Clock {
  now(): number {
    return Date.now();
  }
}
