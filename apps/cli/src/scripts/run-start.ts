import { answered } from '@coord/client/index';
import type { ScriptRun } from './script-run';

/** `session-start.sh`: registers a session, and remembers which. */
export async function runStart(run: ScriptRun): Promise<void> {
  const { given, project_key, context } = run;
  const { machine, user } = context.settings;
  const before = run.remembered.own();
  const body = { project_key, machine, ...(user !== null && { user }), ...(given !== null && { session_id: given }) };
  const { session_id, unread } = await answered(run.api.POST('/api/coord/sessions', { body }));
  // One that is named from outside is named so in each call; what this agent or terminal has begun itself stays.
  if (given === null || before === null) run.remembered.put(session_id);
  run.say(`✅ Session ${session_id} registered`);
  if (given === null && before !== null && before !== session_id)
    run.note(`It takes the place of ${before} here. Agents that share a parent process are told apart by COORD_SESSION_ID=${session_id}.`);
  if (unread > 0) run.say(`📬 Unread messages: ${unread} (session-check-messages.sh)`);
  await run.updateBoard();
}
