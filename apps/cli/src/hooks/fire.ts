import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { ask, type Engine, query } from '../hook/engine';
import type { Agent } from '../hook/payload';
import { editPayload } from '../hook/sample-payload';
import type { Place } from '../settings/place';

/** What a hook did when it was fired. */
export interface Fired {
  agent: Agent;
  command: string;
  /** It refused the locked file and let the other pass. */
  works: boolean;
  /** What it said, or why it did not. */
  said: string;
}

/** A hook ends by itself long before; a command that was put there instead might not. */
const LONGEST_MS = 10_000;

/**
 * Fires an installed hook as its tool would: another session claims a file, the hook has to refuse its edit, and to let another file pass.
 * @throws Error when the engine does not answer.
 */
export async function fire(agent: Agent, command: string, { root, project_key, settings }: Place): Promise<Fired> {
  const engine = (): Engine => ({ url: settings.url, until: performance.now() + LONGEST_MS });
  const session_id = `${settings.machine}/hooks-test-${randomUUID()}`;
  const resource = `.coord-hooks-test-${randomUUID()}`;
  await ask(engine(), 'POST', '/locks', { project_key, session_id, resource, description: 'coord hooks test', ttl_hours: 0.02 });
  try {
    const refused = await runAs(agent, command, root ?? process.cwd(), resource);
    const passed = await runAs(agent, command, root ?? process.cwd(), `${resource}-other`);
    const works = refused.includes(session_id) && refused.includes('deny') && !passed.includes('deny');
    return { agent, command, works, said: works ? `refused an edit of a file that ${session_id} had locked` : refused || 'nothing' };
  } finally {
    await ask(engine(), 'DELETE', `/locks${query({ session_id, release_all: 'true' })}`);
    await ask(engine(), 'POST', `/sessions/${encodeURIComponent(session_id)}/end`);
  }
}

async function runAs(agent: Agent, command: string, folder: string, file: string): Promise<string> {
  const child = spawn(command, { cwd: folder, shell: true, stdio: 'pipe', timeout: LONGEST_MS });
  child.stdin.on('error', () => undefined); // a command that does not read ends before it is written
  child.stdin.end(editPayload(agent, folder, file));
  const [said, complaint] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return `${said}${complaint}`.trim();
}
