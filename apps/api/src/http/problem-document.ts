import type { JsonObject } from '@coord/event-store/index';
import type { Meant } from './known-paths';
import type { HttpProblem } from './problems';

export const PROBLEM_TYPE = 'urn:coord:problem:';
export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

/** A problem as it is answered: `body` is the document of RFC 9457, `headers` what goes beside it. */
export interface ProblemAnswer {
  status: number;
  headers: Record<string, string>;
  body: Record<string, unknown>;
}

export type ProblemName = Exclude<HttpProblem['problem'], 'unknown-route'>;

/** The table of the protocol: what every problem of a name has in common. */
export const PROBLEMS: Readonly<Record<ProblemName, { status: number; title: string }>> = {
  'invalid-request': { status: 422, title: 'The request is not valid' },
  'malformed-request': { status: 400, title: 'The request is not HTTP' },
  'headers-too-large': { status: 431, title: 'The URL or the headers are too long' },
  'request-timeout': { status: 408, title: 'The request did not come to its end' },
  'malformed-json': { status: 400, title: 'The body is not JSON' },
  'body-too-large': { status: 413, title: 'The body is too large' },
  'unsupported-media-type': { status: 415, title: 'The body is of another media type' },
  'not-found': { status: 404, title: 'Not found' },
  'lock-held': { status: 409, title: 'The resource is locked' },
  'lock-ended': { status: 409, title: 'The lock has ended' },
  'not-lock-owner': { status: 403, title: 'The lock belongs to another session' },
  'fence-superseded': { status: 412, title: 'The fence is not valid any more' },
  'revision-conflict': { status: 412, title: 'Someone else was faster' },
  'gates-not-passed': { status: 422, title: 'Quality gates have not passed' },
  'work-item-taken': { status: 409, title: 'The work item is taken' },
  'store-not-empty': { status: 409, title: 'The store is not empty' },
  'idempotency-key-reused': { status: 422, title: 'The idempotency key was used for something else' },
  'rate-limited': { status: 429, title: 'Too many requests' },
  'read-model-behind': { status: 503, title: 'The read model is behind' },
  'store-unavailable': { status: 503, title: 'The database is unavailable' },
  'internal-error': { status: 500, title: 'Internal error' },
};

/** With a full stop, where it has no end yet. */
const sentence = (words: string): string => (/[.?!]$/.test(words) ? words : `${words}.`);

const text = (value: unknown, otherwise: string): string => (typeof value === 'string' ? value : otherwise);

/** The call with which anyone releases a stale lock. */
const releaseOf = (lock: JsonObject): string => `DELETE /api/coord/locks/${text(lock.id, ':id')}?session_id=<yours>`;
function meant({ methods, slashInId }: Meant): string {
  if (methods.length > 0) return ` This path takes ${methods.join(', ')}.`;
  return slashInId ? ' A slash inside an id is written %2F, as in WORKSHOP%2Fclaude-main.' : '';
}

/** What the caller should do next, in one sentence or two. */
function detail(problem: HttpProblem): string {
  switch (problem.problem) {
    case 'invalid-request': {
      const listed = problem.errors.slice(0, 5).map(({ field, message }) => `${field}: ${message}`);
      const more = problem.errors.length > listed.length ? ` (and ${problem.errors.length - listed.length} more)` : '';
      return sentence(`Correct the request and send it again. ${listed.join('; ')}${more}`);
    }
    case 'malformed-request':
      return `Send a request that is HTTP/1.1, with %20 for a blank in its URL; what came is none (${problem.reason}).`;
    case 'headers-too-large':
      return 'Send a shorter URL and fewer headers, together below 16 KiB; what is longer belongs in the body.';
    case 'request-timeout':
      return 'The headers of the request did not arrive within a minute. Send it again.';
    case 'malformed-json':
      return sentence(`Send a body that is JSON: ${problem.reason}`);
    case 'body-too-large':
      return 'Send a body of at most 1 MiB (1048576 bytes).';
    case 'unsupported-media-type':
      if (problem.encoding) return `Send the body uncompressed, without the header Content-Encoding: ${problem.encoding.slice(0, 100)}.`;
      if (problem.wanted) return `Send the body uncompressed, with the header Content-Type: ${problem.wanted}.`;
      return `Send the body as JSON, with the header Content-Type: application/json${problem.contentType && `, not ${problem.contentType.slice(0, 100)}`}.`;
    case 'not-found':
      return `There is no ${problem.what}. Check what the request names; a list shows what there is.`;
    case 'unknown-route':
      return `There is no ${problem.method} ${problem.path.slice(0, 200)}.${meant(problem.meant)} See /docs for the routes that there are.`;
    case 'lock-held': {
      const holder = `${text(problem.holder.session_id, 'Another session')} holds ${text(problem.holder.resource, 'it')}`;
      const stale = problem.holder.stale === true ? ` It is stale, so anyone may release it now: ${releaseOf(problem.holder)}.` : '';
      if (problem.retry_after === null)
        return `${holder}; no holder has set an end.${stale} Work on something else, or ask the holder to release it.`;
      const until = `the first lock in the way expires in ${problem.retry_after} s`;
      return `${holder}; ${until}.${stale} Work on something else, ask the holder to release it, or try again then.`;
    }
    case 'lock-ended':
      return `The lock has ended (${text(problem.lock.status, 'it is not active')}) and can't be renewed. Claim the resource again before you go on.`;
    case 'not-lock-owner':
      if (problem.to === 'renew') {
        const next = problem.holder.stale === true ? `It is stale, so anyone may release it: ${releaseOf(problem.holder)}` : 'Wait until it is free';
        return `Only ${text(problem.holder.session_id, 'the holder')} may renew the lock. ${next}; then claim the resource.`;
      }
      return `Only ${text(problem.holder.session_id, 'the holder')} may do that while the lock is neither stale nor ended. Ask the holder, or break the lock with a reason.`;
    case 'fence-superseded':
      return `${problem.why}. Stop writing, and claim the resource again.`;
    case 'revision-conflict':
      return `The current revision is ${problem.current_revision}. Read it again, and repeat the change on what you find.`;
    case 'gates-not-passed': {
      const listed = problem.gates.slice(0, 5).map(({ name, status }) => `${name.slice(0, 100)} (${status})`);
      const more = problem.gates.length > listed.length ? ` and ${problem.gates.length - listed.length} more` : '';
      return `Run the gates that have not passed, and report them: ${listed.join(', ')}${more}. Or complete the task with force and a reason.`;
    }
    case 'work-item-taken':
      if (problem.over) return `The work item is ${problem.over}. Claim another one, or set this one to pending first if it is to be done after all.`;
      return `${problem.assigned_to} has the work item. Claim another one, or ask for this one to be handed off.`;
    case 'store-not-empty':
      return `The log holds ${problem.events} events already. Import into an engine whose data folder or database is new.`;
    case 'idempotency-key-reused':
      return 'This Idempotency-Key came with another body before. Use a new key for a new request.';
    case 'rate-limited':
      return `Wait ${problem.retry_after} s and send the request again.`;
    case 'read-model-behind':
      return 'The read model has not come as far as the log yet. Send the request again in a second.';
    case 'store-unavailable':
      return 'Database unavailable. Retry after 30 seconds.';
    case 'internal-error':
      return `Something went wrong in the server. Try again; if it stays, give the request id ${problem.request_id} to whoever runs it.`;
  }
}

/** The members that a problem has beside the five of every document, and its headers. */
function extras(problem: HttpProblem): { members?: Record<string, unknown>; headers?: Record<string, string> } {
  switch (problem.problem) {
    case 'invalid-request':
      return { members: { errors: problem.errors } };
    case 'lock-held':
      return { members: { holder: problem.holder, conflicts: problem.conflicts, retry_after: problem.retry_after, explain: problem.explain } };
    case 'lock-ended':
      return { members: { lock: problem.lock } };
    case 'not-lock-owner':
      return { members: { holder: problem.holder } };
    case 'fence-superseded':
      return { members: { fence: problem.fence, current_fence: problem.current_fence } };
    case 'revision-conflict':
      return { members: { current_revision: problem.current_revision } };
    case 'gates-not-passed':
      return { members: { gates: problem.gates } };
    case 'work-item-taken':
      return { members: { assigned_to: problem.assigned_to } };
    case 'unsupported-media-type':
      return problem.encoding ? { headers: { 'Accept-Encoding': 'identity' } } : {};
    case 'rate-limited':
      return { members: { retry_after: problem.retry_after }, headers: { 'Retry-After': String(problem.retry_after) } };
    case 'read-model-behind':
      return { headers: { 'Retry-After': '1' } };
    case 'store-unavailable':
      return { members: { retry_after: 30, ...(problem.outcome && { outcome: problem.outcome }) }, headers: { 'Retry-After': '30' } };
    default:
      return {};
  }
}

/** The answer for a problem. `instance` is the path of the request. */
export function problemAnswer(problem: HttpProblem, instance: string): ProblemAnswer {
  const name = problem.problem === 'unknown-route' ? 'not-found' : problem.problem;
  const { status, title } = PROBLEMS[name];
  const { members, headers } = extras(problem);
  return { status, headers: headers ?? {}, body: { type: PROBLEM_TYPE + name, title, status, detail: detail(problem), instance, ...members } };
}
