import { COMPONENT, COMPONENT_EXAMPLE } from '../component/component.schema';
import { arrayOf, named, nullable, object, TEXTS, TIME } from '../http/schema';
import { EVENT_EXAMPLE } from './event.schema';

const HAPPENING = object({
  position: { type: 'integer' },
  type: { type: 'string' },
  at: TIME,
  actor: nullable({ type: 'string' }),
  data: { type: 'object', description: 'Of the event. Long texts are cut, large values left out.' },
});
const CHANGE = object({
  id: { type: 'string' },
  stream: { type: 'string' },
  project_key: nullable({ type: 'string' }),
  events: { type: 'integer', description: 'How many there were in the range.' },
  types: TEXTS,
  from: { oneOf: [HAPPENING, { type: 'null' }], description: 'The last event of the thing before the range; null: it is new.' },
  to: { ...HAPPENING, description: 'The last one in the range.' },
});
const COMPONENT_CHANGE = object({
  project_key: nullable({ type: 'string' }),
  component: { type: 'string' },
  events: { type: 'integer' },
  from: { oneOf: [{ type: 'object', properties: COMPONENT.properties }, { type: 'null' }], description: 'As it was before; null: it is new.' },
  to: { type: 'object', properties: COMPONENT.properties },
});
const HAPPENINGS = arrayOf(HAPPENING);
const POSITION = nullable({ type: 'integer' });

/** What changed in a range of the log, for the API's document. */
export const DIFF = named(
  'Diff',
  object({
    from: { ...POSITION, description: 'The range that was looked at begins after this position; null: nothing lies in the range of time.' },
    to: { ...POSITION, description: 'It ends with this position.' },
    project_key: nullable({ type: 'string' }),
    events: { type: 'integer', description: 'How many events the answer sums up, 5,000 at most.' },
    truncated: { type: 'boolean', description: 'There are more: ask again, from `to` on.' },
    types: { type: 'object', additionalProperties: { type: 'integer' }, description: 'How many events of each type.' },
    locks: {
      type: 'object',
      required: ['claimed', 'released', 'expired', 'broken'],
      properties: { claimed: HAPPENINGS, released: HAPPENINGS, expired: HAPPENINGS, broken: HAPPENINGS },
      additionalProperties: HAPPENINGS,
      description: 'What happened to locks, oldest first; renewals and requests, too, where there were any.',
    },
    components: { ...arrayOf(COMPONENT_CHANGE), description: 'Components that changed, as they were before and after.' },
    others: {
      type: 'object',
      additionalProperties: arrayOf(CHANGE),
      description: 'What else changed: `messages`, `sessions`, and so on, each with what was said of it last before the range and last in it.',
    },
  }),
);

const { position, type, at, actor, data } = EVENT_EXAMPLE;
const { revision: _, ...component } = COMPONENT_EXAMPLE;
export const DIFF_EXAMPLE = {
  from: 40,
  to: 43,
  project_key: 'gururmm',
  events: 2,
  truncated: false,
  types: { LockBroken: 1, ComponentUpdated: 1 },
  locks: { claimed: [], released: [], expired: [], broken: [{ position, type, at, actor, data }] },
  components: [
    { project_key: 'gururmm', component: 'server', events: 1, from: { ...component, state: 'building', revision: 2 }, to: COMPONENT_EXAMPLE },
  ],
  others: {},
};
