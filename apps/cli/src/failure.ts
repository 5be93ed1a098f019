/** What a command's exit code says. 75 is EX_TEMPFAIL of sysexits.h: the write is queued. */
export const EXIT = { ok: 0, failed: 1, usage: 2, lockConflict: 3, auth: 4, notFound: 5, queued: 75 } as const;

/** A command could not do what it was told to; its message says what to do next. */
export class Failure extends Error {
  constructor(
    message: string,
    readonly exitCode: number = EXIT.failed,
  ) {
    super(message);
    this.name = 'Failure';
  }
}
