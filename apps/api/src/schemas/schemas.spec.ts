import Ajv from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { COORDINATION_MESSAGE } from './coordination-message.schema';
import { TASK_PROGRESS } from './task-progress.schema';
import { CURRENT_TASK, MESSAGES } from './testing/coordination-examples';

const ajv = addFormats(new Ajv({ strict: true, allowUnionTypes: true, allErrors: true }));
const [message, task] = [ajv.compile(COORDINATION_MESSAGE), ajv.compile(TASK_PROGRESS)];

test.each([
  ['messages', COORDINATION_MESSAGE],
  ['tasks', TASK_PROGRESS],
])('the schema of %s is one of draft 2020-12', (_, schema) => {
  expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
  expect(ajv.validateSchema(schema)).toBe(true);
});

test('the description shows every type of message', () => {
  const types = ['blocker', 'completion', 'directive', 'error', 'progress', 'question', 'response'];
  expect([...new Set(MESSAGES.map(({ type }) => type))].sort()).toEqual(types);
});

test.each(MESSAGES.map((each) => [each.type, each.content, each] as const))('the %s "%s" is valid', (_type, _content, each) => {
  expect([message(each), message.errors]).toEqual([true, null]);
});

test('the task is valid', () => {
  expect([task(CURRENT_TASK), task.errors]).toEqual([true, null]);
});

const [directive] = MESSAGES;
test.each([
  ['of another type', { type: 'note' }, '/type'],
  ['of another priority', { priority: 'asap' }, '/priority'],
  ['without content', { content: undefined }, ''],
  ['without a time', { timestamp: 'yesterday' }, '/timestamp'],
  ['with one reference instead of a list', { references: 'layer3' }, '/references'],
  ['with a gate that has no status', { metadata: { quality_gates: { mypy: 'passed' } } }, '/metadata/quality_gates/mypy'],
  ['with a member that no message has', { urgency: 1 }, ''],
])('a message %s is not valid', (_, change, where) => {
  expect(message(JSON.parse(JSON.stringify({ ...directive, ...change })))).toBe(false);
  expect(message.errors?.map(({ instancePath }) => instancePath)).toContain(where);
});

test.each([
  ['without a name', { task_name: undefined }, ''],
  ['with a step instead of steps', { completed_steps: 'all' }, '/completed_steps'],
  ['with a gate of a fourth status', { quality_gates: { mypy: { status: 'green' } } }, '/quality_gates/mypy/status'],
  ['with an artifact without a path', { artifacts: [{ type: 'test' }] }, '/artifacts/0'],
  ['with a time that is none', { started: '2025-11-16' }, '/started'],
  ['that is blocked on nothing in particular', { blocked_on: '' }, '/blocked_on'],
  ['with a member that no task has', { tasks: [] }, ''],
])('a task %s is not valid', (_, change, where) => {
  expect(task(JSON.parse(JSON.stringify({ ...CURRENT_TASK, ...change })))).toBe(false);
  expect(task.errors?.map(({ instancePath }) => instancePath)).toContain(where);
});
