export interface TestServer {
  /** Of a database from which others can be created. */
  url: string;
  stop(): Promise<void>;
}

const shared = globalThis as { coordTestServer?: TestServer };

/** What the global setup hands to the global teardown. They run in one process, but Jest loads each with modules of its own. */
export const testServer = {
  get current(): TestServer | undefined {
    return shared.coordTestServer;
  },
  set current(server: TestServer | undefined) {
    shared.coordTestServer = server;
  },
};
