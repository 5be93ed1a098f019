import { componentShape } from '../component/component.shapes';
import { lockShape } from '../lock/lock.shapes';
import { messageShape } from '../message/message.shapes';
import { namingShape, sessionShape } from '../session/session.shapes';
import { taskShape } from '../task/task.shapes';
import { todoShape, todoTreeShape } from '../todo/todo.shapes';
import { workGraphShape, workItemShape } from '../work-item/work-item.shapes';
import { workflowShape } from '../workflow/workflow.shapes';
import { type AnyKind, misfit, object } from './kinds';

export * from './kinds';

interface AnyShape {
  stream(data: object, stream: string): string;
  first?: string;
  events: Readonly<Record<string, Readonly<Record<string, AnyKind>>>>;
}

/** Those of every concept. */
const SHAPES: readonly AnyShape[] = [
  ...[lockShape, componentShape, messageShape, sessionShape, namingShape, taskShape],
  ...[todoShape, todoTreeShape, workflowShape, workItemShape, workGraphShape],
];

interface TypeShape {
  shape: AnyShape;
  data: AnyKind;
}

/** A type may stand in two kinds of stream, and hold something else in each. */
const BY_TYPE = new Map<string, TypeShape[]>();
for (const shape of SHAPES)
  for (const [type, members] of Object.entries(shape.events)) BY_TYPE.set(type, [...(BY_TYPE.get(type) ?? []), { shape, data: object(members) }]);

/** Every type of event that the domain has. */
export const EVENT_TYPES: ReadonlySet<string> = new Set(BY_TYPE.keys());

/**
 * What is wrong with an event, as a sentence that names the member; null: it is one that a decider may have written. Looks at the event
 * alone, not at what came before it in its stream.
 */
export function eventMisfit({ type, stream, revision, data }: { type: string; stream: string; revision: number; data: object }): string | null {
  const known = BY_TYPE.get(type) ?? [];
  const { shape, data: wanted } = known.find((one) => one.shape.stream(data, stream) === stream) ?? known[0] ?? {};
  if (!shape || !wanted) return `type ${type} is unknown`;
  const wrong = misfit('data', data, wanted);
  if (wrong) return `${wrong.name} of ${type} must be ${wrong.wanted}`;
  const expected = shape.stream(data, stream);
  if (stream !== expected) return `stream of ${type} must be ${expected}, as its data say`;
  const { first } = shape;
  if (first === undefined || (revision === 0) === (type === first)) return null;
  const place = `revision ${revision} of the stream ${stream}`;
  return type === first ? `${place} must not be a ${type}, which comes first` : `${place} must be a ${first}, not a ${type}`;
}
