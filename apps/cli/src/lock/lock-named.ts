import { answered, everyItem } from '@coord/client/index';
import type { Context } from '../context';
import { EXIT, Failure } from '../failure';
import { wholeId } from '../short-id';

/**
 * The id of the lock that the command line names: by its id or an end of it, or, with `resource`, as the lock of this session on a resource of a project.
 * @throws Failure when there is none, or several may be meant
 */
export async function lockNamed({ api, settings }: Context, idOrProject: string, resource?: string): Promise<string> {
  const active = (query: object) => everyItem((at) => answered(api.GET('/api/coord/locks', { params: { query: { ...at, ...query } } })));
  if (resource === undefined) return wholeId('lock', idOrProject, async () => (await active({})).map(({ id }) => id));
  const { session_id } = settings;
  const mine = await active({ project_key: idOrProject, resource, session_id });
  const wanted = mine.filter((lock) => lock.resource === resource);
  const [lock] = wanted.length > 0 ? wanted : mine;
  if (!lock)
    throw new Failure(`${session_id} holds no lock on ${resource} of ${idOrProject}: \`coord lock list\` shows what is held.`, EXIT.notFound);
  if (mine.length > 1 && wanted.length === 0)
    throw new Failure(
      `${session_id} holds ${mine.length} locks that overlap ${resource}: name one by its id (\`coord lock list --mine\`).`,
      EXIT.usage,
    );
  return lock.id;
}
