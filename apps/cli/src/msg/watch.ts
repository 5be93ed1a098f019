import { answered, everyItem, type Message } from '@coord/client/index';
import type { Command } from 'commander';
import type { Context } from '../context';
import { rings } from '../doorbell';
import { helpText } from '../help';
import { INTERRUPTED, untilInterrupted } from '../interrupt';
import { reachable } from '../reachable';
import type { Register } from '../register';
import { messageText } from './printed-message';

/** Looks again at least this often. */
const AT_LEAST_MS = 30_000;
/** What was sent this long before the last message is looked at again: the clocks of several engines are not quite the same. */
const OVERLAP_MS = 60_000;

export const register: Register = (msg, context) => {
  msg
    .command('watch')
    .description('Print unread messages as they come, until Ctrl-C (JSON: one a line)')
    .option('--once', 'end when there is something, and print it; at once if there is')
    .option('--mark-read', 'mark as read what is printed')
    .addHelpText('after', helpText({ examples: ['coord msg watch', 'coord msg watch --once --mark-read'] }))
    .action(async ({ once, markRead }: { once?: boolean; markRead?: boolean }, command: Command) => {
      const coord = context(command);
      await untilInterrupted(async (signal) => {
        const shown = new Shown();
        for await (const _ of rings({ url: coord.settings.url, query: { type: 'MessageSent' }, signal, atLeastMs: AT_LEAST_MS })) {
          const fresh = shown.fresh((await reachable(coord, () => unread(coord, shown.since))) ?? []);
          for (const message of fresh) coord.output.result(message, (one, colors) => `${messageText(one, colors)}\n\n`);
          if (markRead && fresh.length > 0) await markAsRead(coord, fresh);
          if (once && fresh.length > 0) return;
        }
        if (once) process.exitCode = INTERRUPTED;
      });
    });
};

/** Which messages were printed. */
class Shown {
  readonly #ids = new Set<string>();
  since: string | null = null;

  fresh(messages: readonly Message[]): Message[] {
    const fresh = messages.filter(({ id }) => !this.#ids.has(id));
    for (const { id } of fresh) this.#ids.add(id);
    const last = fresh.at(-1);
    if (last) this.since = new Date(Date.parse(last.sent_at) - OVERLAP_MS).toISOString();
    return fresh;
  }
}

function unread({ api, settings }: Context, since: string | null): Promise<Message[]> {
  const query = { to_session: settings.session_id, unread_only: true, ...(since !== null && { since }) };
  return everyItem((at) => answered(api.GET('/api/coord/messages', { params: { query: { ...at, ...query } } })));
}

async function markAsRead({ api, settings: { session_id } }: Context, messages: readonly Message[]): Promise<void> {
  for (let first = 0; first < messages.length; first += 500) {
    const ids = messages.slice(first, first + 500).map(({ id }) => id);
    await answered(api.PUT('/api/coord/messages/read', { body: { session_id, ids } }));
  }
}
