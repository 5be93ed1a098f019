import { given } from '../testing/given';
import { bySessionName, type SessionEvent, type SessionLost, type SessionRegistered, sayingNothing, sessionDecider, sessionStream } from './index';

const T0 = Date.parse('2026-05-12T12:00:00.000Z');
const MINUTE = 60_000;
const iso = (ms: number) => new Date(ms).toISOString();
const session = bySessionName('M/a', 'p');
const registered: SessionRegistered = { type: 'SessionRegistered', data: { ...session, registered_at: iso(T0) } };
const about = { session_id: 'M/a', project_key: 'p' };
const heartbeat = (at: number, more: object = {}): SessionEvent => ({
  type: 'SessionHeartbeat',
  data: { ...about, at: iso(at), ...sayingNothing, ...more },
});
const ended: SessionEvent = { type: 'SessionEnded', data: { ...about, ended_at: iso(T0), reason: null } };
const lost: SessionLost = { type: 'SessionLost', actor: null, data: { ...about, lost_at: iso(T0 + 30 * MINUTE), last_activity_at: iso(T0) } };
const resumed = (after: 'ended' | 'lost', at: number): SessionEvent => ({ type: 'SessionResumed', data: { ...about, resumed_at: iso(at), after } });
const register = { type: 'RegisterSession' as const, session, now: T0 };
const beat = { type: 'RecordHeartbeat' as const, session, said: null, now: T0 };

describe('a session', () => {
  test('is registered by its first command, with what its name says', () => {
    given(sessionDecider, []).when(register).thenEvents([registered]);
  });
  test('is registered once', () => {
    given(sessionDecider, [registered])
      .when({ ...register, session: { ...session, project_key: 'other' }, now: T0 + 1 })
      .thenEvents([]);
  });
  test('may say more of itself later, and keeps what it leaves out', () => {
    given(sessionDecider, [registered])
      .when({ ...register, said: { user: 'howard', machine: null }, now: T0 + 1 })
      .thenEvents([{ type: 'SessionRegistered', data: { ...registered.data, user: 'howard', machine: null } }]);
  });
  test('that says the same again changes nothing', () => {
    given(sessionDecider, [registered])
      .when({ ...register, said: { machine: 'M', capabilities: [] } })
      .thenEvents([]);
  });
  test('gets no name that another has', () => {
    given(sessionDecider, [registered])
      .when({ ...register, free: true })
      .thenRefused({ problem: 'invalid-request', errors: [{ field: 'session_id' }] });
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

describe('a heartbeat', () => {
  const building = { ...sayingNothing, action: 'building', progress: 25 };

  test('of a session that was never seen registers it, in its project', () => {
    given(sessionDecider, [])
      .when({ ...beat, said: building, project_key: 'q' })
      .thenEvents([{ type: 'SessionRegistered', data: { ...registered.data, project_key: 'q' } }, heartbeat(T0, { ...building, project_key: 'q' })]);
  });
  test('that says nothing new within a minute is not put on record', () => {
    given(sessionDecider, [registered, heartbeat(T0, building)])
      .when({ ...beat, said: building, project_key: 'p', now: T0 + MINUTE - 1 })
      .thenEvents([]);
  });
  test('that says the same a minute later is', () => {
    given(sessionDecider, [registered, heartbeat(T0, building)])
      .when({ ...beat, said: building, now: T0 + MINUTE })
      .thenEvents([heartbeat(T0 + MINUTE, building)]);
  });
  test.each([
    ['another step', { said: { ...building, progress: 26 } }, { ...building, progress: 26 }],
    ['less than before', { said: { ...sayingNothing, action: 'building' } }, { action: 'building' }],
    ['another project', { project_key: 'q' }, { ...building, project_key: 'q' }],
    ['no project', { project_key: null }, { ...building, project_key: null }],
  ])('that says %s is at once', (_, more, data) => {
    given(sessionDecider, [registered, heartbeat(T0, building)])
      .when({ ...beat, ...more, now: T0 + 1 })
      .thenEvents([heartbeat(T0 + 1, data)]);
  });
  test('that says nothing leaves what was said', () => {
    given(sessionDecider, [registered, heartbeat(T0, building)])
      .when({ ...beat, now: T0 + MINUTE })
      .thenEvents([heartbeat(T0 + MINUTE, building)]);
  });
  test('brings a lost session back', () => {
    given(sessionDecider, [registered, heartbeat(T0), lost])
      .when({ ...beat, now: T0 + 40 * MINUTE })
      .thenEvents([resumed('lost', T0 + 40 * MINUTE), heartbeat(T0 + 40 * MINUTE)]);
  });
});

describe('the end of a session', () => {
  const end = { type: 'EndSession' as const, session_id: 'M/a', reason: null, now: T0 };

  test('is put on record', () => given(sessionDecider, [registered]).when(end).thenEvents([ended]));
  test('comes once', () => given(sessionDecider, [registered, ended]).when(end).thenEvents([]));
  test('is refused where no one knows it', () =>
    given(sessionDecider, []).when(end).thenRefused({ problem: 'not-found', what: 'session with this id' }));
  test('may come after it was lost', () => given(sessionDecider, [registered, lost]).when(end).thenEvents([ended]));
  test('is over when it acts again', () => {
    given(sessionDecider, [registered, ended])
      .when({ ...register, now: T0 + 1 })
      .thenEvents([resumed('ended', T0 + 1)]);
  });
  test('is over when it was seen to act again', () => {
    const seen = { type: 'ResumeSession' as const, resumed_at: iso(T0 + 1) };
    given(sessionDecider, [registered, ended])
      .when(seen)
      .thenEvents([resumed('ended', T0 + 1)]);
    given(sessionDecider, [registered, ended, resumed('ended', T0 + 1)])
      .when(seen)
      .thenEvents([]);
    given(sessionDecider, []).when(seen).thenEvents([]);
  });
});

describe('a silent session', () => {
  const lose = { type: 'LoseSession' as const, last_activity_at: iso(T0), lost_after: 30 * MINUTE, now: T0 + 31 * MINUTE };

  test('is lost, as of the moment at which it had been silent for long enough', () =>
    given(sessionDecider, [registered]).when(lose).thenEvents([lost]));
  test('is lost at that moment, not before', () => {
    given(sessionDecider, [registered])
      .when({ ...lose, now: T0 + 30 * MINUTE - 1 })
      .thenEvents([]);
    given(sessionDecider, [registered])
      .when({ ...lose, now: T0 + 30 * MINUTE })
      .thenEvents([lost]);
  });
  test('is not lost when its stream has a later sign than the read model saw', () => {
    given(sessionDecider, [registered, heartbeat(T0 + 2 * MINUTE)])
      .when(lose)
      .thenEvents([]);
  });
  test('is not lost when it left a later sign elsewhere', () => {
    given(sessionDecider, [registered])
      .when({ ...lose, last_activity_at: iso(T0 + 2 * MINUTE) })
      .thenEvents([]);
  });
  test.each([
    ['lost already', [registered, lost]],
    ['ended', [registered, ended]],
    ['unknown', []],
  ])('that is %s is left alone', (_, events) => given(sessionDecider, events).when(lose).thenEvents([]));
});
