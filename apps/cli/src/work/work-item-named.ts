import { answered, everyItem } from '@coord/client/index';
import type { Context } from '../context';
import { wholeId } from '../short-id';

/**
 * The id of the work item that the command line names, by its id or an end of it.
 * @throws Failure when there is none, or several may be meant
 */
export const workItemNamed = ({ api }: Context, given: string): Promise<string> =>
  wholeId('work item', given, async () =>
    (await everyItem((at) => answered(api.GET('/api/coord/work-items', { params: { query: at } })))).map(({ id }) => id),
  );
