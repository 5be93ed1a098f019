import { CoordProblem, EngineAway, Queued } from '@coord/client/index';
import { EXIT, Failure } from './failure';

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
