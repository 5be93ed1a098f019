import { answered, everyItem } from '@coord/client/index';
import type { Context } from '../context';
import { wholeId } from '../short-id';

const DAYS_BACK = 7;

/** The id of the message that the command line names: whole, or an end of the id of one that this session got or sent in the last days. */
export function messageNamed({ api, settings: { session_id } }: Context, given: string): Promise<string> {
  const since = new Date(Date.now() - DAYS_BACK * 86_400_000).toISOString();
  const ids = async (query: object): Promise<string[]> => {
    const found = await everyItem((at) => answered(api.GET('/api/coord/messages', { params: { query: { ...at, ...query, since } } })));
    return found.map(({ id }) => id);
  };
  return wholeId('message', given, async () => (await Promise.all([ids({ to_session: session_id }), ids({ from_session: session_id })])).flat());
}
