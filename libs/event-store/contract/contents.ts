import type { JsonObject } from '../event-store';
import { type Context, freshStream, ids, newEvent, readOn, write } from './harness';

const MEBIBYTE = 1024 * 1024;

export function contents(context: Context): void {
  it.each<[string, JsonObject]>([
    ['emoji and what joins them', { text: '👩‍👩‍👧‍👦 🏳️‍🌈 🇦🇹' }],
    ['combining marks, not normalized', { text: 'e\u0301 is not \u00e9', 'e\u0301': 1, '\u00e9': 2 }],
    ['right-to-left text and its marks', { text: 'שלום \u202Eabc\u202C مرحبا' }],
    ['line separators and controls', { text: '\u2028\u2029\u0001\u001f\u007f\ufeff\uffff' }],
    ['line breaks', { text: 'a\nb\r\nc\rd\n', '\n': '\t' }],
    ['backslashes, quotes and braces', { text: '\\ " \' {} {"a"} \\" \\u0041 $1 %s \\\\' }],
    ['what looks empty', { empty: '', nothing: null, list: [], object: {}, spaces: '  ' }],
    ['numbers', { zero: 0, small: -1.5e-9, large: 9_007_199_254_740_991, huge: 1e300 }],
    ['deep nesting', { a: [{ b: [[{ c: { d: [null, true, false] } }]] }] }],
  ])('come back as they were written: %s', async (_, data) => {
    const stream = freshStream();
    await write(context.store, stream, [newEvent(data)]);
    expect((await context.store.readStream(stream))[0]?.data).toEqual(data);
  });

  it('keep the order of keys', async () => {
    const stream = freshStream();
    const data = { zebra: 1, a: { y: 1, x: 2 }, m: 3 };
    await write(context.store, stream, [newEvent(data)]);
    expect(JSON.stringify((await context.store.readStream(stream))[0]?.data)).toBe(JSON.stringify(data));
  });

  it('may have any text as the name of a stream and as a type', async () => {
    const stream = freshStream('lock-große Straße/日本語 "x" \\');
    const event = newEvent({}, 'Ereignis ✓');
    const { position } = await write(context.store, stream, [event]);
    expect(await context.store.readStream(stream)).toEqual([{ ...event, stream, revision: 0, position }]);
  });

  it('have metadata that comes back as it was written', async () => {
    const stream = freshStream();
    const event = newEvent();
    event.metadata = {
      ...event.metadata,
      actor: null,
      project_key: 'prøject',
      causation_id: event.id,
      intended_at: '2026-11-20T08:00:00.000Z',
      idempotency: { scope: 's', body: 'b', answer: { status: 201, body: { nested: ['ü'] } } },
    };
    await write(context.store, stream, [event]);
    expect((await context.store.readStream(stream))[0]?.metadata).toEqual(event.metadata);
  });

  it.each([1, 2])('may be %i MiB', async (size) => {
    const stream = freshStream();
    const data = { text: 'ä"\\'.repeat((size * MEBIBYTE) / 4) };
    await write(context.store, stream, [newEvent(data)]);
    expect((await context.store.readStream(stream))[0]?.data).toEqual(data);
  });

  it('are complete when many large events follow each other', async () => {
    const after = await context.store.head();
    const events = Array.from({ length: 24 }, (_, n) => newEvent({ n, text: 'x'.repeat(MEBIBYTE) }));
    await Promise.all(events.map((event) => write(context.store, freshStream(), [event])));
    expect(ids(await readOn(context.store, after)).sort()).toEqual(ids(events).sort());
  });
}
