import { answered, CoordProblem, EngineAway } from '@coord/client/index';
import type { Context } from '../context';

/** How a broadcast is stored (protocol, "Messages"). */
const EVERYONE = 'ALL_SESSIONS';
const BROADCAST_WORDS = new Set(['all', 'all_sessions', 'broadcast', 'fleet']);
/** Names that stand for themselves: with a `/`, `user`, and what the engine and the older session scripts call a session without a name. */
const VERBATIM = /\/|^user$|^session-\d+$/;

/**
 * The session that `to` means, by the conventions of the coord skill (reference 002): `ALL`, `fleet` and `broadcast` in any case are everyone, a name with `/`
 * (and `user`) is taken as it is, and a bare machine name is `<MACHINE>/claude-main` — unless a session of exactly that name is registered, which one call asks.
 */
export async function addressee(coord: Context, to: string): Promise<string> {
  if (BROADCAST_WORDS.has(to.toLowerCase())) return EVERYONE;
  if (VERBATIM.test(to) || (await isSession(coord, to))) return to;
  return `${to}/claude-main`;
}

/** An engine that does not answer can't tell; then the convention holds, and the message is queued with it. */
async function isSession({ api }: Context, id: string): Promise<boolean> {
  try {
    await answered(api.GET('/api/coord/sessions/{id}', { params: { path: { id } } }));
    return true;
  } catch (error) {
    if (error instanceof EngineAway || (error instanceof CoordProblem && (error.status === 404 || error.status >= 500))) return false;
    throw error;
  }
}
