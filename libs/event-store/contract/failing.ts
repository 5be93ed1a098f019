import { setTimeout as pause } from 'node:timers/promises';
import { type AppendOutcome, type EventStore, type ExpectedRevision, type NewEvent, StoreUnavailable, type StreamAppend } from '../event-store';
import { type Context, eachOverLine, failureOf, freshStream, ids, type Line, newEvent, newEvents, until, write } from './harness';

/** What is acknowledged is there, once; what is not acknowledged says whether it may be. */
export function failing(context: Context): void {
  let store: EventStore;
  let line: Line;

  eachOverLine(context, (over) => {
    ({ store, line } = over);
  });

  const works = (): Promise<boolean> =>
    write(store, freshStream(), [newEvent()]).then(
      () => true,
      () => false,
    );

  describe.each<[string, ExpectedRevision]>([
    ['none', 'none'],
    ['any', 'any'],
  ])('an append expecting %s', (_, expected) => {
    it('whose answer is lost is resolved, and there once', async () => {
      const [stream, events] = [freshStream(), newEvents(2)];
      line.loseAnswers();
      const appending = store.append([{ stream, expected, events }]);
      await until(async () => (await context.store.readStream(stream)).length > 0);
      line.cut();
      expect(await appending).toMatchObject([{ outcome: 'appended', revision: 1 }]);
      expect(ids(await context.store.readStream(stream))).toEqual(ids(events));
    });

    it('whose request is lost is sent again, and there once', async () => {
      const [stream, events] = [freshStream(), newEvents(2)];
      line.loseRequests();
      const appending = store.append([{ stream, expected, events }]);
      await new Promise(setImmediate);
      line.cut();
      expect(await appending).toMatchObject([{ outcome: 'appended', revision: 1 }]);
      expect(ids(await context.store.readStream(stream))).toEqual(ids(events));
    });
  });

  /** As a writer does that gives up on nothing: a machine with much to do may need longer than a deadline to get to a new connection. */
  const appendAtLast = async (append: StreamAppend): Promise<AppendOutcome[]> => {
    for (;;) {
      try {
        return await store.append([append]);
      } catch (error) {
        if (!(error instanceof StoreUnavailable)) throw error;
      }
    }
  };

  it('that is cut again and again under writers doubles nothing and loses nothing that was acknowledged', async () => {
    const streams = Array.from({ length: 8 }, () => freshStream());
    const acknowledged = new Map<string, NewEvent[]>(streams.map((stream) => [stream, []]));
    const writers = streams.map(async (stream) => {
      for (let turn = 0; turn < 40; turn += 1) {
        if (turn % 10 === 5) line.cut();
        const events = newEvents(2);
        const outcome = await appendAtLast({ stream, expected: turn === 0 ? 'none' : turn * 2 - 1, events });
        expect(outcome).toMatchObject([{ outcome: 'appended', revision: turn * 2 + 1 }]);
        acknowledged.get(stream)?.push(...events);
      }
    });
    await Promise.all(writers);
    for (const stream of streams) expect(ids(await context.store.readStream(stream))).toEqual(ids(acknowledged.get(stream) ?? []));
  });

  it('that refuses connections fails every call, and nothing was written', async () => {
    await line.refuse();
    // The first may still meet a connection whose end is not known yet.
    await failureOf(store.append([{ stream: freshStream(), expected: 'any', events: newEvents(1) }]));
    const stream = freshStream();
    const calls = [
      store.append([{ stream, expected: 'any', events: newEvents(1) }]),
      store.readStream(stream),
      store.head(),
      store.readAll({ after: 0 }),
    ];
    expect(await Promise.all(calls.map(failureOf))).toEqual(['none', 'none', 'none', 'none']);
    await line.accept();
    await until(works);
    expect(await context.store.readStream(stream)).toEqual([]);
  });

  it('that is frozen fails every call in time, and the store recovers by itself', async () => {
    line.freeze();
    const [stream, events] = [freshStream(), newEvents(2)];
    const append = { stream, expected: 'none', events } as const;
    const calls = [store.append([append]), store.readStream(stream), store.head(), store.loadSnapshot(stream)];
    expect(await Promise.all(calls.map(failureOf))).toEqual(['unknown', 'none', 'none', 'none']);
    line.thaw();
    await until(works);
    expect(await store.append([append])).toMatchObject([{ outcome: 'appended', revision: 1 }]);
    expect(ids(await context.store.readStream(stream))).toEqual(ids(events));
  });

  it('that is frozen for long lets calls that come later say that nothing was written', async () => {
    line.freeze();
    await failureOf(store.append([{ stream: freshStream(), expected: 'any', events: newEvents(1) }]));
    const stream = freshStream();
    expect(await failureOf(store.append([{ stream, expected: 'any', events: newEvents(1) }]))).toBe('none');
    line.thaw();
    await until(works);
    expect(await context.store.readStream(stream)).toEqual([]);
  });

  it('that is frozen while calls keep coming does not keep the store from recovering', async () => {
    const outcomes = new Set<string>();
    let stopped = false;
    const callers = Array.from({ length: 32 }, async (_, n) => {
      for (let turn = n; !stopped; turn += 1) {
        // Out of step with each other, so that at any moment one of them is about to give up.
        await pause(turn % 32);
        const call = store.append([{ stream: freshStream(), expected: 'any', events: newEvents(1) }]);
        outcomes.add(
          await call.then(
            () => 'appended',
            (error: StoreUnavailable) => error.outcome,
          ),
        );
      }
    });
    line.freeze();
    await until(async () => outcomes.has('none'));
    line.thaw();
    outcomes.clear();
    await until(async () => outcomes.has('appended'));
    stopped = true;
    await Promise.all(callers);
  });

  it('does not keep the store from closing, and what is pending fails', async () => {
    line.freeze();
    const stream = freshStream();
    const appending = (): Promise<AppendOutcome[]> => store.append([{ stream, expected: 'any', events: newEvents(1) }]);
    const calls = [appending(), appending(), store.readStream(stream), store.head()].map(failureOf);
    await new Promise(setImmediate);
    await store.close();
    expect(await Promise.all(calls)).toEqual(['unknown', 'none', 'none', 'none']);
    expect(await failureOf(appending())).toBe('none');
  });
}
