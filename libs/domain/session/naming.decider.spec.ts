import { given } from '../testing/given';
import { namingDecider, type SessionNamed } from './naming.decider';

const T0 = Date.parse('2026-05-12T12:00:00.000Z');
const named = (session_id: string): SessionNamed => ({ type: 'SessionNamed', data: { session_id, named_at: '2026-05-12T12:00:00.000Z' } });
const name = (session_id: string, instead_of: string | null) => ({ type: 'NameSession' as const, session_id, instead_of, now: T0 });

test('a registration gives its session a name', () =>
  given(namingDecider, [])
    .when(name('a', null))
    .thenEvents([named('a')]));
test('the same registration gives the same name', () =>
  given(namingDecider, [named('a')])
    .when(name('b', null))
    .thenEvents([]));
test('another name comes in place of one that was taken', () =>
  given(namingDecider, [named('a')])
    .when(name('b', 'a'))
    .thenEvents([named('b')]));
test('once', () =>
  given(namingDecider, [named('a'), named('b')])
    .when(name('c', 'a'))
    .thenEvents([]));
