import type { FieldError, Problem } from '@coord/domain/problem';
import type { JsonObject } from '@coord/event-store/index';
import type { Meant } from './known-paths';

/** A lock as it goes over the wire, in place of the domain's state of it. */
type LockProblem =
  | { problem: 'lock-held'; holder: JsonObject; conflicts: JsonObject[]; retry_after: number | null; explain: string | JsonObject }
  | { problem: 'lock-ended'; lock: JsonObject }
  | { problem: 'not-lock-owner'; holder: JsonObject; to: 'renew' | 'release' };

/** Problems that carry a domain's lock and have to be turned into a `LockProblem` before they can be answered. */
export type DomainLockProblem = Extract<Problem, { problem: LockProblem['problem'] }>;

/** What only the HTTP border knows. */
type BorderProblem =
  | { problem: 'malformed-request'; reason: string }
  | { problem: 'headers-too-large' }
  | { problem: 'request-timeout' }
  | { problem: 'malformed-json'; reason: string }
  | { problem: 'body-too-large' }
  | { problem: 'unsupported-media-type'; contentType: string; wanted?: string; encoding?: string }
  | { problem: 'store-not-empty'; events: number }
  | { problem: 'rate-limited'; retry_after: number }
  | { problem: 'read-model-behind' }
  | { problem: 'store-unavailable'; outcome?: 'unknown' }
  | { problem: 'unknown-route'; method: string; path: string; meant: Meant }
  | { problem: 'internal-error'; request_id: string };

/** Every problem that an answer may carry (protocol, "Errors"), with what its document needs to say. */
export type HttpProblem = Exclude<Problem, DomainLockProblem> | LockProblem | BorderProblem;

/** Thrown anywhere below a controller: the request is answered with this problem. `position` is the log position that it reflects, where that is known. */
export class Refused extends Error {
  constructor(
    readonly problem: HttpProblem,
    readonly position?: number,
  ) {
    super(problem.problem);
    this.name = 'Refused';
  }
}

/** A refusal because of one field. */
export const refusedField = (field: string, message: string): Refused => refusedFields([{ field, message }]);

export const refusedFields = (errors: FieldError[]): Refused => new Refused({ problem: 'invalid-request', errors });
