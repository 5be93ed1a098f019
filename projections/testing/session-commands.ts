import { bySessionName, type SessionCommand, sayingNothing } from '@coord/domain/session/index';

type Pick = <T>(from: readonly T[]) => T;

const MINUTE = 60_000;

/** A command for the stream of this session, and whose doing it is. */
export function sessionCommand(actor: string, project_key: string, pick: Pick, now: number): [SessionCommand, string | null] {
  const session = bySessionName(actor, project_key);
  const said = { ...sayingNothing, action: pick(['building', 'testing']), progress: pick([null, 25]) };
  return pick<[SessionCommand, string | null]>([
    [{ type: 'RecordHeartbeat', session, said, project_key: pick([undefined, null, project_key]), now }, actor],
    [{ type: 'RegisterSession', session, said: { agent: pick(['claude', null]) }, now }, actor],
    [{ type: 'EndSession', session_id: actor, reason: null, now }, actor],
    [{ type: 'LoseSession', last_activity_at: new Date(now - MINUTE).toISOString(), lost_after: MINUTE, now }, null],
    [{ type: 'ResumeSession', resumed_at: new Date(now - 1).toISOString() }, null],
  ]);
}
