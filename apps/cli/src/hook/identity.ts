import { type Settings, sessionOfMachine } from '../settings/settings';
import type { Agent } from './payload';

/** Who an agent is to the engine. */
export interface Identity {
  session_id: string;
  /** Sessions whose locks are not in this agent's way and whose messages are also for it: itself, and perhaps that of its machine. */
  own: readonly string[];
  /** The session is this conversation's alone, so that it begins and ends with it. */
  ends: boolean;
  /** The session was made here: what the agent runs does not know it unless it is told. */
  made: boolean;
}

/**
 * The session of a conversation. Where the settings name one, it is that. Else each conversation has its own, so that several agents of one
 * machine are kept apart; the machine's session, which commands act as that were told nothing, counts as theirs, too.
 */
export function identityOf(agent: Agent, conversation: string | null, { session_id, session_named, machine }: Settings): Identity {
  // The end of the name: some tools begin theirs with the time, which two conversations may share.
  const mark = conversation?.replace(/[^0-9a-z]/gi, '').slice(-8);
  const made = mark ? `${machine}/${agent}-${mark}` : null;
  if (made !== null && (!session_named || session_id === made)) {
    return { session_id: made, own: [made, sessionOfMachine(machine)], ends: true, made: true };
  }
  // An agent that was started by an agent acts as that one, and must not end it.
  const inherited = AGENTS_SESSION.test(session_id);
  return { session_id, own: [session_id], ends: session_named && !inherited, made: false };
}

const AGENTS_SESSION = /\/(claude|codex|gemini|cursor)-[0-9a-z]{8}$/i;
