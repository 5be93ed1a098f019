import { answered, CoordProblem, type Lock, UNQUEUED } from '@coord/client/index';
import { secondOf } from '../board/board-page';
import { Failure } from '../failure';
import { plainLine } from '../output/plain-text';
import { normalResource } from '../plain-resource';
import type { ScriptRun } from './script-run';

const resourceOf = (run: ScriptRun): string => `${run.required(0)}/${run.required(1)}`;

/** `session-claim.sh`: claims `<type>/<name>`, for 2 hours unless it says otherwise. */
export async function runClaim(run: ScriptRun): Promise<void> {
  const resource = resourceOf(run);
  const { session: session_id, project_key } = run;
  const hours = run.optional(2);
  const ttl_hours = hours === null ? undefined : hoursOf(hours);
  try {
    const body = { project_key, session_id, resource, ...(ttl_hours !== undefined && { ttl_hours }) };
    await answered(run.api.POST('/api/coord/locks', { ...UNQUEUED, body }));
  } catch (error) {
    throw error instanceof CoordProblem && error.kind === 'lock-held' ? new Failure(heldText(resource, error.problem.holder as Lock)) : error;
  }
  run.say(`✅ Claimed: ${plainLine(resource)}`);
  await run.updateBoard();
}

function heldText(resource: string, { session_id, resource: held, expires_at }: Lock): string {
  const what = held === resource ? resource : `${resource} (by ${held})`;
  return plainLine(
    `Already claimed: ${what} - ${session_id}${expires_at ? `, until ${secondOf(expires_at)}` : ''}. Pick other work, or send it a message.`,
  );
}

function hoursOf(text: string): number {
  const hours = Number(/^(\d+(?:\.\d+)?)\s*h?$/i.exec(text)?.[1] ?? Number.NaN);
  if (!(hours > 0 && hours <= 720)) throw new Failure(`"${text}" is no number of hours: give one up to 720, such as 4 or 0.5.`);
  return hours;
}

/** `session-release.sh`: releases what the session has claimed under this name. */
export async function runRelease(run: ScriptRun): Promise<void> {
  const resource = resourceOf(run);
  const { session: session_id, project_key } = run;
  const locks = await answered(run.api.GET('/api/coord/locks', { params: { query: { project_key, resource } } }));
  const held = (Array.isArray(locks) ? locks : locks.items).filter((lock) => lock.resource === normalResource(resource));
  const lock = held.find((one) => one.session_id === session_id) ?? held[0];
  if (!lock) throw new Failure(`No claim: ${resource}. session-status.sh shows what is claimed.`);
  try {
    await answered(run.api.DELETE('/api/coord/locks/{id}', { params: { path: { id: lock.id }, query: { session_id } } }));
  } catch (error) {
    if (!(error instanceof CoordProblem && error.kind === 'not-lock-owner')) throw error;
    throw new Failure(plainLine(`Not yours: ${resource} - ${lock.session_id} holds it. Ask it with session-send-message.sh.`));
  }
  run.say(`✅ Released: ${plainLine(resource)}`);
  await run.updateBoard();
}
