const given = process.env.TEST_EVENTSTORE_URL || process.env.EVENTSTORE_URL;

/** Tests that need a real EventStoreDB: where none is named by `TEST_EVENTSTORE_URL` or `EVENTSTORE_URL` they are skipped, and counted as such. */
export const describeWithServer = given ? describe : describe.skip;

/** Its connection string, which names a single node. */
export function serverUrl(): URL {
  if (!given) throw new Error('No EventStoreDB was named by TEST_EVENTSTORE_URL.');
  return new URL(given);
}
