import { answered, UNQUEUED } from '@coord/client/index';
import type { Context } from '../context';
import type { Before, Grant } from './claim-for-run';

/** Releases a run's lock, or gives it back to its session on the terms that it had. What that comes to is no reason to change what the command's end said. */
export async function giveBack(coord: Context, { lock, before }: Grant): Promise<void> {
  try {
    await (before === null ? release(coord, lock.id) : restore(coord, lock, before));
  } catch (error) {
    const what = before === null ? 'released' : 'given back on its terms';
    coord.output.note(`coord: ${lock.resource} could not be ${what}: ${(error as Error).message}`);
  }
}

const release = ({ api, settings: { session_id } }: Context, id: string): Promise<unknown> =>
  answered(api.DELETE('/api/coord/locks/{id}', { params: { path: { id }, query: { session_id } } }));

async function restore(coord: Context, { id, project_key, resource }: Grant['lock'], before: Before): Promise<void> {
  const { api, settings } = coord;
  const { status } = await answered(api.GET('/api/coord/locks/{id}', { params: { path: { id } } }));
  if (status !== 'active') return;
  const body = { project_key, resource, session_id: settings.session_id, ...before };
  const { id: restored } = await answered(api.POST('/api/coord/locks', { ...UNQUEUED, body }));
  // It ended in between: what was lost is not to be had back in this way.
  if (restored !== id) await release(coord, restored);
}
