import type { Decider, DomainEvent } from '@coord/domain/decider';
import { invalid } from '@coord/domain/problem';
import type { CommandContext, Task } from '../command';

type Sold = DomainEvent<'TicketSold', { number: number; to: string }>;
type Sell = { type: 'Sell'; to: string } | { type: 'Fail' } | { type: 'Look' };

/** A booth with a hundred tickets, of which each is sold once: whoever decides on an old state sells one twice. */
export interface Booth {
  readonly sold: number;
}

export const TICKETS = 100;

export const booth: Decider<Booth, Sell, Sold> = {
  initialState: { sold: 0 },
  decide(command, { sold }) {
    if (command.type === 'Fail') throw new RangeError('a bug');
    if (command.type === 'Look') return [];
    return sold < TICKETS ? [{ type: 'TicketSold', data: { number: sold + 1, to: command.to } }] : invalid('to', 'comes too late');
  },
  evolve: ({ sold }) => ({ sold: sold + 1 }),
  snapshot: { schema: 1, every: () => 10, toJson: ({ sold }) => ({ sold }), fromJson: (json) => json as Booth },
};

export const NOON = Date.parse('2026-05-12T12:00:00.000Z');

/** A command at noon, answered with the number of the ticket (0: none was sold). */
export const task = (stream: string, command: Sell, context: Partial<CommandContext> = {}): Task<Booth, Sell, Sold> => ({
  decider: booth,
  stream,
  command,
  context: { actor: 'A', now: NOON, project_key: null, correlation_id: 'request', ...context },
  answer: ([event]) => ({ status: event ? 201 : 200, body: event?.data.number ?? 0 }),
});

export const sell = (stream: string, to = 'A', context: Partial<CommandContext> = {}) => task(stream, { type: 'Sell', to }, context);
export const look = (stream: string, context: Partial<CommandContext> = {}) => task(stream, { type: 'Look' }, context);
/** A context under a key. */
export const under = (scope: string, body = 'body', now = NOON): Partial<CommandContext> => ({ now, idempotency: { scope, body } });
