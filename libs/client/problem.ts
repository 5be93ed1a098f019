/** A refusal of the engine (protocol, "Errors"; RFC 9457): the five members of every document, and those of its kind. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  /** What to do next, as a sentence. */
  detail: string;
  instance?: string;
  [member: string]: unknown;
}

const TYPE = 'urn:coord:problem:';

/** The engine refused the call. */
export class CoordProblem extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail);
    this.name = 'CoordProblem';
  }
  get status(): number {
    return this.problem.status;
  }
  /** `lock-held`, `not-found`, …; empty when what answered was not Coord. */
  get kind(): string {
    return this.problem.type.startsWith(TYPE) ? this.problem.type.slice(TYPE.length) : '';
  }
}

/** The engine did not answer (network error, deadline) or could not do its work (5xx); whether a write went through is not known. */
export class EngineAway extends Error {
  constructor(
    readonly url: string,
    override readonly cause: unknown,
  ) {
    super(`No answer from the engine at ${url} (${reasonOf(cause)}): check that it runs, with \`coord doctor\`.`);
    this.name = 'EngineAway';
  }
  /** What kept the answer away, as `ECONNREFUSED`. */
  get reason(): string {
    return reasonOf(this.cause);
  }
}

/** The code of what the network said, else its words. */
export function reasonOf(cause: unknown): string {
  if (typeof cause !== 'object' || cause === null) return String(cause);
  const { code, message, name } = cause as Partial<NodeJS.ErrnoException>;
  return code ?? (message || name || String(cause));
}

/** The problem of an answer that is not a success, also where something before the engine (a proxy) answered. */
export function problemOf(status: number, body: unknown): Problem {
  if (typeof body === 'object' && body !== null && 'type' in body && 'detail' in body) return body as Problem;
  const said = typeof body === 'string' ? body : JSON.stringify(body ?? '');
  return { type: 'about:blank', title: `HTTP ${status}`, status, detail: `Answered with ${status}: ${said.slice(0, 300)}` };
}
