import { lockDecider } from '@coord/domain/lock/index';
import { inboxProjection } from '@projections/inbox/index';
import { workProjection } from '@projections/work/index';
import fc from 'fast-check';
import { type Command, commands } from './model/commands';
import { look, type Scene, step } from './model/steps';
import { World } from './model/world';
import { Api } from './support/api';

jest.setTimeout(300_000);
/** More are made by `npm run test:model -- --runs 1000`, as CI does. */
const RUNS = Number(process.env.COORD_MODEL_RUNS ?? 100);
const { COORD_SEED } = process.env;
/** Enough to meet each planted bug, many times over. */
const RUNS_WITH_A_BUG = 300;

let api: Api;
beforeAll(async () => {
  api = await Api.start();
});
afterAll(() => api.close());

/** A project, with sessions that nobody else has. */
async function scene(): Promise<Scene> {
  const project = api.name('model');
  const { id } = await api.done('POST', '/workflows', { project_key: project, name: 'w', created_by: `${project}/lead` });
  return { api, project, workflow: String(id), world: new World(api.clock.now()), name: (session) => `${project}/s${session}` };
}

async function play(all: readonly Command[]): Promise<void> {
  const here = await scene();
  for (const command of all) await step(here, command);
  await look(here);
}

test('whatever eight sessions do, the engine answers as the protocol says', () =>
  fc.assert(fc.asyncProperty(commands, play), { numRuns: RUNS, ...(COORD_SEED && { seed: Number(COORD_SEED) }) }));

/** Puts `broken` in the place of a part of the engine while `work` goes on. */
async function whileBroken<T extends object, K extends keyof T>(
  part: T,
  name: K,
  broken: (whole: T[K]) => T[K],
  work: () => Promise<void>,
): Promise<void> {
  const whole = part[name];
  part[name] = broken(whole);
  try {
    await work();
  } finally {
    part[name] = whole;
  }
}

/** The model must contradict a broken engine. */
const caught = async (): Promise<void> => {
  const run = await fc.check(fc.asyncProperty(commands, play), { numRuns: RUNS_WITH_A_BUG, endOnFailure: true });
  expect(run).toMatchObject({ failed: true, errorInstance: expect.objectContaining({ name: 'AssertionError' }) });
};

type Events = Parameters<typeof inboxProjection.project>[0];

describe('the model catches', () => {
  test('two holders', () =>
    whileBroken(
      lockDecider,
      'decide',
      (decide) => (command, state) => decide(command, command.type === 'ClaimLocks' ? { ...lockDecider.initialState, fence: state.fence } : state),
      caught,
    ));
  test('a fence that is used twice', () =>
    whileBroken(lockDecider, 'evolve', (evolve) => (state, event) => ({ ...evolve(state, event), fence: state.fence - (state.fence % 2) }), caught));
  test('a lost message', () => {
    const lose = (events: Events) => events.filter(({ type, position }) => type !== 'MessageSent' || position % 3 > 0);
    return whileBroken(inboxProjection, 'project', (project) => (events, target) => project(lose(events), target), caught);
  });
  test('an item that is ready with an open dependency', () => {
    const open = (events: Events) =>
      events.map((event) => (event.type === 'WorkItemAdded' ? { ...event, data: { ...event.data, depends_on: [] } } : event));
    return whileBroken(workProjection, 'project', (project) => (events, target) => project(open(events), target), caught);
  });
});
