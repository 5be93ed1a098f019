import { type Context, freshStream, newEvents, write } from './harness';

export function snapshots(context: Context): void {
  it('are unknown until one is saved', async () => {
    expect(await context.store.loadSnapshot(freshStream())).toBeNull();
  });

  it('come back as they were saved', async () => {
    const snapshot = { stream: freshStream('große'), revision: 7, schema: 2, state: { z: ['👍', null, { a: '\\"' }], a: 1 } };
    await context.store.saveSnapshot(snapshot);
    expect(await context.store.loadSnapshot(snapshot.stream)).toEqual(snapshot);
  });

  it('give way to newer ones', async () => {
    const stream = freshStream();
    for (const revision of [3, 8]) await context.store.saveSnapshot({ stream, revision, schema: 1, state: revision });
    expect(await context.store.loadSnapshot(stream)).toMatchObject({ revision: 8, state: 8 });
  });

  it('of one revision give way to another schema', async () => {
    const stream = freshStream();
    for (const schema of [1, 2]) await context.store.saveSnapshot({ stream, revision: 3, schema, state: null });
    expect(await context.store.loadSnapshot(stream)).toMatchObject({ schema: 2 });
  });

  it('stay when an older one comes late', async () => {
    const stream = freshStream();
    for (const revision of [8, 3]) await context.store.saveSnapshot({ stream, revision, schema: 1, state: revision });
    expect(await context.store.loadSnapshot(stream)).toMatchObject({ revision: 8, state: 8 });
  });

  it('may be large', async () => {
    const snapshot = { stream: freshStream(), revision: 0, schema: 1, state: 'ü'.repeat(1_000_000) };
    await context.store.saveSnapshot(snapshot);
    expect(await context.store.loadSnapshot(snapshot.stream)).toEqual(snapshot);
  });

  it('lie beside the log', async () => {
    const stream = freshStream();
    const { position } = await write(context.store, stream, newEvents(1));
    await context.store.saveSnapshot({ stream, revision: 0, schema: 1, state: {} });
    expect(await context.store.head()).toBe(position);
    expect(await context.store.readStream(stream)).toHaveLength(1);
  });
}
