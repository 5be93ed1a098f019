import { ConfigurationError, durationMs, misspelt, readConfiguration, settings } from './configuration';

const mistakesOf = (env: Record<string, string>): readonly string[] => {
  try {
    readConfiguration(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.mistakes;
    throw error;
  }
};

it('an empty environment gives the defaults', () => {
  expect(readConfiguration({ HOME: '/home/anna' })).toEqual({
    host: '127.0.0.1',
    port: 8001,
    dataDir: '/home/anna/.local/share/coord',
    databaseUrl: null,
    eventStoreUrl: null,
    staleAfterMs: 7_200_000,
    idleAfterMs: 300_000,
    lostAfterMs: 1_800_000,
    broadcastForMs: 604_800_000,
    logLevel: 'info',
  });
});

it('an empty variable counts as not set', () => {
  expect(readConfiguration(Object.fromEntries([...settings.map(({ name }) => [name, '']), ['HOME', '/h']]))).toEqual(
    readConfiguration({ HOME: '/h' }),
  );
});

it('PORT is honoured, and COORD_PORT comes before it', () => {
  expect(readConfiguration({ PORT: '9000' }).port).toBe(9000);
  expect(readConfiguration({ PORT: '9000', COORD_PORT: '9001' }).port).toBe(9001);
  expect(mistakesOf({ PORT: 'x' })).toEqual([expect.stringMatching(/^PORT /)]);
});

it('the data folder follows XDG, unless one is chosen', () => {
  expect(readConfiguration({ XDG_DATA_HOME: '/data', HOME: '/h' }).dataDir).toBe('/data/coord');
  expect(readConfiguration({ XDG_DATA_HOME: 'relative', HOME: '/h' }).dataDir).toBe('/h/.local/share/coord');
  expect(readConfiguration({ COORD_DATA_DIR: '/a b', XDG_DATA_HOME: '/data' }).dataDir).toBe('/a b');
});

it('all mistakes are told at once', () => {
  const mistakes = mistakesOf({
    COORD_PORT: '65536',
    COORD_STALE_AFTER: '2 hours',
    COORD_IDLE_AFTER: '0s',
    COORD_BROADCAST_DAYS: '-1',
    COORD_LOG_LEVEL: 'loud',
    DATABASE_URL: 'mysql://me:geheim@host/db',
    EVENTSTORE_URL: 'http://me:geheim@host',
  });
  for (const name of [
    'COORD_PORT',
    'COORD_STALE_AFTER',
    'COORD_IDLE_AFTER',
    'COORD_BROADCAST_DAYS',
    'COORD_LOG_LEVEL',
    'DATABASE_URL',
    'EVENTSTORE_URL',
  ])
    expect(mistakes).toContainEqual(expect.stringMatching(new RegExp(`^${name} .*\\.$`)));
  expect(mistakes).toHaveLength(7);
});

it('a session that would be lost before it is idle is a mistake, where both were set', () => {
  const wrong = { COORD_IDLE_AFTER: '10m', COORD_LOST_AFTER: '5m' };
  expect(mistakesOf(wrong)).toEqual([expect.stringMatching(/^COORD_LOST_AFTER \(5m\) .* COORD_IDLE_AFTER \(10m\).*\.$/)]);
  expect(mistakesOf({ ...wrong, COORD_LOST_AFTER: '10m' })).toEqual([]);
  expect(mistakesOf({ COORD_LOST_AFTER: '2s' })).toEqual([]);
});

it.each([
  ['COORD_STALEAFTER', 'COORD_STALE_AFTER'],
  ['COORD_BROADCASTS_DAY', 'COORD_BROADCAST_DAYS'],
  ['COORD_PROT', 'COORD_PORT'],
  ['COORD_DATADIR', 'COORD_DATA_DIR'],
])('%s is told to be misspelt for %s', (name, meant) => {
  expect(misspelt({ [name]: '', HOME: '/h' })).toEqual([`${name} is no setting and does nothing; did you mean ${meant}?`]);
});

it('no setting is told to be misspelt, nor what the command and other parts read', () => {
  const others = 'URL SESSION SESSION_ID PROJECT MACHINE USER AGENT REFS QUEUE_FILE HOOK_WITHIN LOCK_ID FENCE OUTPUT IDENTITY API CLUSTER_PORT';
  const more = 'MIRROR_INSTANCE MIRROR_COORDINATOR SEED KILLS FAULT_RUNS MODEL_RUNS IMPORT_ROUNDS OUTAGE_MS FAULTS_EVENTSTORE';
  const names = [...settings.map(({ name }) => name), ...`${others} ${more}`.split(' ').map((name) => `COORD_${name}`)];
  expect(misspelt(Object.fromEntries(names.map((name) => [name, 'x'])))).toEqual([]);
});

it('a password is not repeated', () => {
  expect(mistakesOf({ DATABASE_URL: 'mysql://me:geheim@host/db', EVENTSTORE_URL: 'http://me:geheim@host' }).join()).not.toContain('geheim');
});

it.each([
  ['500ms', 500],
  ['90s', 90_000],
  ['5m', 300_000],
  ['2h', 7_200_000],
  ['1.5h', 5_400_000],
])('%s is %d ms', (text, ms) => expect(durationMs(text)).toBe(ms));

it.each(['', '5', 'h', '0s', '-1s', '5 m', '1d', '1e3s', '8761h'])('"%s" is no duration', (text) => expect(durationMs(text)).toBeNull());

it('the table holds defaults that are valid', () => {
  const defaults = Object.fromEntries(settings.flatMap((setting) => (setting.default === null ? [] : [[setting.name, setting.default]])));
  expect(mistakesOf(defaults)).toEqual([]);
});
