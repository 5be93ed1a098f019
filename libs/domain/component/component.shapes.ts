import { key, orNull, revision, type StreamShape, text, time } from '../shapes/kinds';
import { type ComponentUpdated, componentStream } from './component.decider';

export const componentShape: StreamShape<ComponentUpdated> = {
  stream: ({ project_key, component }) => componentStream(project_key, component),
  events: {
    ComponentUpdated: {
      ...{ project_key: key, component: key, state: text, version: orNull(text), notes: orNull(text) },
      ...{ updated_by: text, updated_at: time, revision },
    },
  },
};
