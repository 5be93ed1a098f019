import { given } from '../testing/given';
import { bySessionName, sessionDecider, sessionStream } from './session.decider';

const T0 = Date.parse('2026-05-12T15:30:00.000Z');
const session = bySessionName('M/a', 'p');
const registered = { type: 'SessionRegistered' as const, data: { ...session, registered_at: '2026-05-12T15:30:00.000Z' } };

describe('a session', () => {
  test('is registered by its first command, with what its name says', () => {
    given(sessionDecider, []).when({ type: 'RegisterSession', session, now: T0 }).thenEvents([registered]);
  });
  test('is registered once', () => {
    const again = { ...session, project_key: 'other' };
    given(sessionDecider, [registered])
      .when({ type: 'RegisterSession', session: again, now: T0 + 1 })
      .thenEvents([]);
  });
  test.each([
    ['HOWARD-HOME/claude-main', 'HOWARD-HOME'],
    ['M/a/b', 'M'],
    ['alone', null],
    ['/nameless', null],
  ])('%s is on the machine %s', (name, machine) => {
    expect(bySessionName(name, null)).toEqual({ session_id: name, machine, user: null, agent: null, project_key: null, capabilities: [] });
  });
  test('has a stream of its own', () => expect(sessionStream('M/a')).toBe('session-M/a'));
});
