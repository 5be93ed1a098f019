import type { AppendOutcome, EventStore, ExpectedRevision, NewEvent, Turn } from '../event-store';
import { type Context, eachOverLine, failureOf, freshStream, ids, type Line, newEvent, newEvents, until, write } from './harness';

/** Appends in a turn if there is one, otherwise without. */
async function append(turn: Turn | null, store: EventStore, stream: string, expected: ExpectedRevision, events: NewEvent[]): Promise<AppendOutcome> {
  if (turn) return turn.append(expected, events);
  const [outcome] = await store.append([{ stream, expected, events }]);
  return outcome as AppendOutcome;
}

/** Appends as a writer does that takes turns. */
async function appendInTurn(store: EventStore, stream: string, expected: ExpectedRevision, events: NewEvent[]): Promise<AppendOutcome> {
  return append(await store.takeTurn(stream, typeof expected === 'number' ? expected : -1), store, stream, expected, events);
}

/** Turns spare conflicts where a store has them. Whether it has them or not, nothing rests on them. */
export function turns(context: Context): void {
  let other: EventStore;
  beforeEach(async () => {
    other = await context.harness.open();
  });
  afterEach(() => other.close());

  it('let writers of several instances append everything, each event once', async () => {
    const stream = freshStream();
    const events = newEvents(30);
    const writer = async (store: EventStore, mine: NewEvent[]): Promise<void> => {
      let revision = -1;
      for (const event of mine) {
        let outcome: AppendOutcome;
        do {
          outcome = await appendInTurn(store, stream, revision < 0 ? 'none' : revision, [event]);
          revision = outcome.revision;
        } while (outcome.outcome === 'conflict');
      }
    };
    await Promise.all([writer(context.store, events.slice(0, 15)), writer(other, events.slice(15))]);
    const written = await context.store.readStream(stream);
    expect(ids(written).sort()).toEqual(ids(events).sort());
    expect(written.map(({ revision }) => revision)).toEqual(written.map((_, n) => n));
  });

  it('are a courtesy: whoever takes none writes all the same, and the holder meets a conflict', async () => {
    const stream = freshStream();
    const turn = await context.store.takeTurn(stream, -1);
    expect(await write(other, stream, newEvents(2))).toMatchObject({ outcome: 'appended', revision: 1 });
    expect(await append(turn, context.store, stream, 'none', newEvents(1))).toMatchObject({ outcome: 'conflict', revision: 1 });
  });

  it('that are never given back hold nobody up for good', async () => {
    const stream = freshStream();
    await context.store.takeTurn(stream, -1);
    expect(await appendInTurn(other, stream, 'none', newEvents(1))).toMatchObject({ outcome: 'appended' });
  });

  it('end with an append that can not be written, and its error comes through', async () => {
    const stream = freshStream();
    const poisoned = { ...newEvent(), data: { n: 1n } as unknown as NewEvent['data'] };
    await expect(appendInTurn(context.store, stream, 'none', [poisoned])).rejects.toThrow(TypeError);
    expect(await appendInTurn(other, stream, 'none', newEvents(1))).toMatchObject({ outcome: 'appended' });
  });

  it('may be given back without an append, and then once more', async () => {
    const stream = freshStream();
    const turn = await context.store.takeTurn(stream, -1);
    turn?.giveBack();
    turn?.giveBack();
    expect(await appendInTurn(other, stream, 'none', newEvents(1))).toMatchObject({ outcome: 'appended' });
  });

  describe('over a line that fails', () => {
    let store: EventStore;
    let line: Line;
    eachOverLine(context, (over) => {
      ({ store, line } = over);
    });

    it('an append in a turn whose answer is lost is resolved, and there once', async () => {
      const [stream, events] = [freshStream(), newEvents(2)];
      const turn = await store.takeTurn(stream, -1);
      line.loseAnswers();
      const appending = append(turn, store, stream, 'none', events);
      await until(async () => (await context.store.readStream(stream)).length > 0);
      line.cut();
      expect(await appending).toMatchObject({ outcome: 'appended', revision: 1 });
      expect(ids(await context.store.readStream(stream))).toEqual(ids(events));
    });

    it('a line that is frozen keeps nobody waiting, and says that the outcome of an append is not known', async () => {
      const stream = freshStream();
      const turn = await store.takeTurn(stream, -1);
      line.freeze();
      expect(await failureOf(append(turn, store, stream, 'none', newEvents(1)))).toBe('unknown');
      expect(await store.takeTurn(freshStream(), -1)).toBeNull();
    });

    it('a store that closes takes nobody’s turn with it', async () => {
      const stream = freshStream();
      await store.takeTurn(stream, -1);
      await store.close();
      expect(await store.takeTurn(stream, -1)).toBeNull();
      expect(await appendInTurn(other, stream, 'none', newEvents(1))).toMatchObject({ outcome: 'appended' });
    });
  });
}
