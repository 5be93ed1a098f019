import { answered } from '@coord/client/index';
import { progressOf } from '../import/statement';
import { plainLine } from '../output/plain-text';
import type { ScriptRun } from './script-run';
import { statementText } from './statement';

/** `session-heartbeat.sh`: says what the session is at, and what has come for it. */
export async function runHeartbeat(run: ScriptRun): Promise<void> {
  const { session, project_key } = run;
  const [action, target, phase, given, next_action] = [run.required(0), ...[1, 2, 3, 4].map((index) => run.optional(index))];
  const progress = progressOf(given ?? null);
  // Progress in words is no share, but not to be lost.
  const said = { action, target, phase: given && progress === null ? [phase, given].filter(Boolean).join(', ') : phase, progress, next_action };
  const { unread, urgent } = await answered(
    run.api.POST('/api/coord/sessions/{id}/heartbeat', { params: { path: { id: session } }, body: { project_key, ...said } }),
  );
  run.say(`✅ Heartbeat: ${plainLine(statementText({ action: action ?? null, target: target ?? null, progress }))}`);
  for (const { from_session, subject } of urgent) run.say(`🚨 Urgent from ${plainLine(from_session)}: ${plainLine(subject)}`);
  if (unread > 0) run.say(`📬 Unread messages: ${unread} (session-check-messages.sh)`);
  await run.updateBoard();
}
