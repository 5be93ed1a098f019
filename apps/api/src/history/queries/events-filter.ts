import { parseResource } from '@coord/domain/lock/index';
import type { HistoryQuery } from '@projections/history/index';
import { refusedField } from '../../http/problems';
import type { EventsFilterDto } from '../history.dto';

/** Which events somebody wants; what is left out does not matter. */
export type EventsFilter = Pick<HistoryQuery, 'projectKey' | 'sessionId' | 'type' | 'stream' | 'resource'>;

/** @throws Refused `invalid-request` for a resource that is none. */
export const filterOf = ({ project_key, session_id, type, stream, resource }: EventsFilterDto): EventsFilter => ({
  projectKey: project_key,
  sessionId: session_id,
  type,
  stream,
  resource: resource === undefined ? undefined : normalForm(resource),
});

function normalForm(text: string): string {
  const resource = parseResource(text);
  if ('invalid' in resource) throw refusedField('resource', resource.invalid);
  return resource.text;
}
