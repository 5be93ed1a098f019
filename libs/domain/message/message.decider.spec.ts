import { OUTLIVED_KEY } from '../problem';
import { given } from '../testing/given';
import { messageDecider, messageStream } from './message.decider';
import { ALL_SESSIONS, addressee, type MessageEvent, type MessageSent } from './message.events';

const T0 = Date.parse('2026-05-12T15:30:00.000Z');
const AT = '2026-05-12T15:30:00.000Z';
const LATER = '2026-05-12T15:31:00.000Z';

const { sent_at: _, ...message } = {
  ...{ message_id: 'm', from_session: 'A', to_session: 'B', project_key: 'p', subject: 's', body: 'b', type: 'note', priority: 'normal' },
  ...{ references: ['x'], metadata: { k: [1, null] }, reply_to: null, thread_id: 'm', ack_required: false, external_id: null, sent_at: AT },
} as MessageSent['data'];
const sent = (more: Partial<MessageSent['data']> = {}): MessageSent => ({ type: 'MessageSent', data: { ...message, sent_at: AT, ...more } });
const about = (session_id: string) => ({ message_id: 'm', project_key: 'p', session_id });
const delivered = (session: string): MessageEvent => ({ type: 'MessageDelivered', data: { ...about(session), delivered_at: AT } });
const read = (session: string, read_at = AT): MessageEvent => ({ type: 'MessageRead', data: { ...about(session), read_at } });
const acknowledged = (session: string, acknowledged_at = AT): MessageEvent => ({
  type: 'MessageAcknowledged',
  data: { ...about(session), acknowledged_at },
});
const broadcast = sent({ to_session: ALL_SESSIONS });

describe('sending', () => {
  test('records everything that was said, and when', () => {
    given(messageDecider, []).when({ type: 'SendMessage', message, now: T0 }).thenEvents([sent()]);
  });
  test('under an external id that was used leaves the first message as it is', () => {
    const again = { ...message, external_id: 'e', body: 'other' };
    given(messageDecider, [sent({ external_id: 'e' })])
      .when({ type: 'SendMessage', message: again, now: T0 })
      .thenEvents([]);
  });
  test('to the stream of a forgotten key asks for another id', () => {
    expect(given(messageDecider, [sent()]).when({ type: 'SendMessage', message, now: T0 }).decision).toBe(OUTLIVED_KEY);
  });
});

describe('nothing can be done with a message that was not sent:', () => {
  test.each(['DeliverMessage', 'ReadMessage', 'AcknowledgeMessage'] as const)('%s', (type) => {
    given(messageDecider, []).when({ type, session_id: 'B', now: T0 }).thenRefused({ problem: 'not-found', what: 'message with this id' });
  });
});

describe('showing', () => {
  test('is recorded once for each session', () => {
    const show = (session_id: string) => ({ type: 'DeliverMessage' as const, session_id, now: T0 });
    given(messageDecider, [broadcast])
      .when(show('B'))
      .thenEvents([delivered('B')]);
    given(messageDecider, [broadcast, delivered('B')])
      .when(show('B'))
      .thenEvents([]);
    given(messageDecider, [broadcast, delivered('B')])
      .when(show('C'))
      .thenEvents([delivered('C')]);
  });
});

describe('reading', () => {
  const reading = (session_id: string | null) => ({ type: 'ReadMessage' as const, session_id, now: T0 });

  test.each([
    ['the session that says so, be it the addressee or not', 'C', sent(), ['C']],
    ['the addressee of a direct message, when no session is named', null, sent(), ['B']],
  ])('counts for %s', (_, session, message, readers) => {
    given(messageDecider, [message])
      .when(reading(session))
      .thenEvents(readers.map((reader) => read(reader)));
  });
  test('of a broadcast counts for every session that was shown it, when none is named', () => {
    const events = [broadcast, delivered('B'), delivered('C'), read('C')];
    given(messageDecider, events)
      .when(reading(null))
      .thenEvents([read('B')]);
  });
  test('of a broadcast that no one was shown counts for no one', () => {
    given(messageDecider, [broadcast]).when(reading(null)).thenEvents([]);
  });
  test('twice is once, and hides nothing from others', () => {
    given(messageDecider, [broadcast, read('B')])
      .when(reading('B'))
      .thenEvents([]);
    given(messageDecider, [broadcast, read('B')])
      .when(reading('C'))
      .thenEvents([read('C')]);
  });
  test('means that it was shown, so it is not recorded as shown afterwards', () => {
    given(messageDecider, [broadcast, read('B')])
      .when({ type: 'DeliverMessage', session_id: 'B', now: T0 })
      .thenEvents([]);
  });
});

describe('acknowledging', () => {
  const acknowledge = { type: 'AcknowledgeMessage' as const, session_id: 'B', now: T0 + 60_000 };

  test('also reads', () => {
    given(messageDecider, [sent()])
      .when(acknowledge)
      .thenEvents([read('B', LATER), acknowledged('B', LATER)]);
  });
  test('what was read before keeps the time of the reading', () => {
    const state = [sent(), read('B'), acknowledged('B', LATER)].reduce(messageDecider.evolve, messageDecider.initialState);
    given(messageDecider, [sent(), read('B')])
      .when(acknowledge)
      .thenEvents([acknowledged('B', LATER)]);
    expect(state.receipts.get('B')).toEqual({ delivered_at: AT, read_at: AT, acknowledged_at: LATER });
  });
  test('twice is once', () => {
    given(messageDecider, [sent(), read('B'), acknowledged('B')])
      .when(acknowledge)
      .thenEvents([]);
  });
});

describe('an addressee', () => {
  test.each([undefined, null, 'ALL', 'ALL_SESSIONS', 'broadcast', 'fleet'])('%j is everyone', (to) => expect(addressee(to)).toBe(ALL_SESSIONS));
  test.each(['all', 'Broadcast', 'FLEET', 'M/ALL', ' ALL'])('%j is a session of that name', (to) => expect(addressee(to)).toBe(to));
});

test('a message has a stream of its own', () => expect(messageStream('m')).toBe('message-m'));
