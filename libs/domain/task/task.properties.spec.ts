import fc from 'fast-check';
import { isProblem } from '../decider';
import { type Gate, type TaskCommand, type TaskState, taskDecider, type WholeDocument } from './index';

const step = fc.constantFrom('a', 'b', 'c', '__proto__');
const steps = fc.uniqueArray(step);
const time = fc.constantFrom('2026-05-12T10:00:00.000Z', '2026-05-12T11:00:00.000Z');
const json = fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.parse(JSON.stringify(value)));
const gate = fc.record({ status: fc.constantFrom('passed', 'failed', 'not_run'), errors: json }, { requiredKeys: ['status'] }) as fc.Arbitrary<Gate>;
const document: fc.Arbitrary<WholeDocument> = fc.record(
  {
    task_name: step,
    phase: fc.option(step),
    status: fc.constantFrom('planning', 'in_progress', 'completed'),
    current_step: fc.option(step),
    completed_steps: steps,
    remaining_steps: steps,
    blocked_on: fc.option(fc.oneof(step, fc.record({ reason: json }))),
    questions_for_coordinator: fc.array(step, { maxLength: 2 }),
    artifacts: fc.uniqueArray(fc.record({ path: step, status: step }, { requiredKeys: ['path'] }), { selector: ({ path }) => path }),
    quality_gates: fc.dictionary(step, gate),
    metrics: fc.dictionary(step, json),
    estimated_completion: fc.option(time),
    started: time,
    updated: time,
  },
  {
    requiredKeys: [
      ...(['task_name', 'phase', 'status', 'current_step', 'completed_steps', 'remaining_steps', 'blocked_on'] as const),
      'questions_for_coordinator',
      'artifacts',
      'quality_gates',
      'metrics',
      'estimated_completion',
    ],
  },
);

const put = (wanted: WholeDocument, minute: number): TaskCommand => ({
  ...{ type: 'PutTask', task_id: 't', session_id: null, document: wanted, now: Date.parse('2026-05-12T12:00:00.000Z') + minute * 60_000 },
});
const decided = (state: TaskState | null, command: TaskCommand) => {
  const decision = taskDecider.decide(command, state);
  return isProblem(decision) ? null : { events: decision, state: decision.reduce(taskDecider.evolve, state) };
};
/** A document without its times, and with its artifacts in an order of their own: those keep the order in which they came. */
const comparable = ({ artifacts, started: _s, updated: _u, ...rest }: WholeDocument) => ({
  ...rest,
  artifacts: [...artifacts].sort((a, b) => (a.path < b.path ? -1 : 1)),
});

test('whatever a task was, after a document it is what the document says, and the document again says nothing new', () => {
  fc.assert(
    fc.property(fc.array(document, { minLength: 1, maxLength: 4 }), (documents) => {
      let state: TaskState | null = null;
      for (const [minute, wanted] of documents.entries()) {
        const after = decided(state, put(wanted, minute));
        if (!after) continue; // its gates kept it from being completed
        expect(comparable(after.state as TaskState)).toMatchObject(comparable(wanted));
        expect(after.state?.metrics).toEqual(wanted.metrics);
        expect(Object.keys(after.state?.quality_gates ?? {}).sort()).toEqual(Object.keys(wanted.quality_gates).sort());
        expect(decided(after.state, put({ ...wanted, updated: undefined }, minute + 1))?.events).toEqual([]);
        expect(after.state?.revision).toBe((state?.revision ?? 0) + after.events.length);
        state = after.state;
      }
    }),
    { numRuns: 500 },
  );
});
