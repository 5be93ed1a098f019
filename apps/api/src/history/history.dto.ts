import { KeyField, type LogPoint, LogPointField, NumberField, ProjectKeyField, SessionIdField, TextField } from '../http/fields';
import { ListQuery } from '../http/list';

const PROJECT = { optional: true } as const;
const SESSION = { optional: true, description: 'Only what this session did.' } as const;
const TYPE = { optional: true, description: 'Only events of this type.', example: 'LockBroken' } as const;
const STREAM = { min: 1, max: 2_000, optional: true, description: 'Only this stream.' } as const;
const RESOURCE = { min: 1, optional: true, description: 'Only events of locks on this resource.' } as const;
const FROM = 'Only what came after this position or time.';
const TO = 'Only what came until this position or time, inclusive.';

/** Which events, for the list and for the stream: classes share their fields by inheritance, and a list's query has its own base. */
export interface EventsFilterDto {
  project_key?: string;
  session_id?: string;
  type?: string;
  stream?: string;
  resource?: string;
}

export class HistoryQueryDto extends ListQuery implements EventsFilterDto {
  @ProjectKeyField(PROJECT)
  project_key?: string;
  @SessionIdField(SESSION)
  session_id?: string;
  @KeyField(TYPE)
  type?: string;
  @TextField(STREAM)
  stream?: string;
  @TextField(RESOURCE)
  resource?: string;
  @LogPointField({ optional: true, description: FROM })
  from?: LogPoint;
  @LogPointField({ optional: true, description: TO })
  to?: LogPoint;
}

export class EventStreamQuery implements EventsFilterDto {
  @ProjectKeyField(PROJECT)
  project_key?: string;
  @SessionIdField(SESSION)
  session_id?: string;
  @KeyField(TYPE)
  type?: string;
  @TextField(STREAM)
  stream?: string;
  @TextField(RESOURCE)
  resource?: string;
  @NumberField({
    min: 0,
    max: Number.MAX_SAFE_INTEGER,
    integer: true,
    optional: true,
    description: 'Begin after this position, for clients that can not set the header `Last-Event-ID`, which goes before it.',
  })
  last_event_id?: number;
}

export class DiffQuery {
  @LogPointField({ description: FROM })
  from: LogPoint;
  @LogPointField({ optional: true, description: `${TO} Left out: up to now.` })
  to?: LogPoint;
  @ProjectKeyField({ optional: true })
  project_key?: string;
}
