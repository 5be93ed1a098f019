import { CoordProblem, EngineAway, Queued } from '@coord/client/index';

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

const LOCK_CONFLICTS = new Set(['lock-held', 'lock-ended', 'not-lock-owner', 'fence-superseded']);

/** The exit code that stands for what went wrong. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof Failure) return error.exitCode;
  if (error instanceof Queued) return EXIT.queued;
  if (error instanceof EngineAway) return EXIT.failed;
  if (!(error instanceof CoordProblem)) return EXIT.failed;
  if (LOCK_CONFLICTS.has(error.kind)) return EXIT.lockConflict;
  if (error.status === 401 || error.status === 403) return EXIT.auth;
  if (error.status === 404) return EXIT.notFound;
  return error.kind === 'invalid-request' ? EXIT.usage : EXIT.failed;
}
