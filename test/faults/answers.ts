import type { LockCall, Mode, Shown } from './lock-model';

/** A call as it goes to the engine, and what the model needs of it. */
export type Asked = { method: 'GET' | 'POST' | 'DELETE'; path: string; body: Record<string, unknown> } & (
  | { kind: 'claim'; mode: Mode; ttl: number }
  | { kind: 'renew'; id: string; ttl: number }
  | { kind: 'release'; id: string }
  | { kind: 'verify'; fence: number }
  | { kind: 'look' }
);

type Body = Record<string, unknown>;

/** What came of it: an answer, none (it may have arrived), or nobody listened. */
export type Reply = { status: number; position: number; body: Body } | 'lost' | 'not sent';

/**
 * An answer in the words of the model; `none` where there is nothing to explain: it certainly had no effect and says nothing of locks.
 * @throws where the answer is one that the protocol does not know.
 */
export function outcomeOf(asked: Asked, reply: Reply): LockCall | 'none' {
  if (reply === 'not sent') return 'none';
  if (reply === 'lost' || reply.status === 503) {
    const mayHaveEffect = reply === 'lost' || reply.body.outcome === 'unknown';
    return mayHaveEffect && asked.kind !== 'verify' && asked.kind !== 'look' ? { ...asked, outcome: null } : 'none';
  }
  const { status, body } = reply;
  switch (asked.kind) {
    case 'claim':
      if (status === 201) return { ...asked, outcome: { granted: shown(body), at: time(body.acquired_at) } };
      if (status === 200) return { ...asked, outcome: { renewed: shown(body), at: time(body.renewed_at) } };
      if (status === 409) return { ...asked, outcome: { held: (body.conflicts as Body[]).map(shown) } };
      break;
    case 'renew':
      if (status === 200) return { ...asked, outcome: { renewed: shown(body), at: time(body.renewed_at) } };
      if (status === 409) return { ...asked, outcome: 'ended' };
      if (status === 403) return { ...asked, outcome: { notOwner: shown(body.holder as Body) } };
      break;
    case 'release':
      if (status === 200) return { ...asked, outcome: body.status === 'expired' ? 'expired' : 'released' };
      if (status === 403) return { ...asked, outcome: { notOwner: shown(body.holder as Body) } };
      break;
    case 'verify':
      if (status === 200) return { ...asked, outcome: { valid: shown(body.lock as Body) } };
      if (status === 412) return { ...asked, outcome: { current: body.current_fence as number | null } };
      break;
    case 'look':
      if (status === 200) return { ...asked, outcome: { live: (body as unknown as Body[]).map(shown) } };
  }
  throw new Error(`${asked.method} ${asked.path} was answered with ${status}: ${JSON.stringify(body)}`);
}

const time = (text: unknown): number => Date.parse(String(text));

const shown = ({ id, session_id, mode, fence, expires_at }: Body): Shown => ({
  id: String(id),
  session: String(session_id),
  mode: mode as Mode,
  fence: Number(fence),
  expires: time(expires_at),
});
