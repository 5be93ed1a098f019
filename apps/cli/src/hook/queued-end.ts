import { openQueue, queuePath } from '@coord/client/index';

/**
 * Lets the end of a session wait for the engine, as commands let their writes wait: its locks would stay until they are stale.
 * @param folder of the agent, from where the queue is looked for
 * @param path from `/api/coord` on
 * @param key of the attempt that was not answered
 * @returns the file that it waits in
 */
export async function queueEnd(folder: string, path: string, key: string): Promise<string> {
  const file = queuePath(process.env, folder);
  const now = new Date().toISOString();
  await openQueue(file).append({ ts: now, method: 'POST', path, body: null, idempotency_key: key, intended_at: now });
  return file;
}
