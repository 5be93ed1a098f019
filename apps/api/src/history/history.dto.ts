import { KeyField, type LogPoint, LogPointField, ProjectKeyField, SessionIdField, TextField } from '../http/fields';
import { ListQuery } from '../http/list';

export class HistoryQueryDto extends ListQuery {
  @ProjectKeyField({ optional: true })
  project_key?: string;
  @SessionIdField({ optional: true, description: 'Only what this session did.' })
  session_id?: string;
  @KeyField({ optional: true, description: 'Only events of this type.', example: 'LockBroken' })
  type?: string;
  @TextField({ max: 2_000, optional: true, description: 'Only this stream.' })
  stream?: string;
  @TextField({ optional: true, description: 'Only events of locks on this resource.' })
  resource?: string;
  @LogPointField({ optional: true, description: 'Only what came after this position or time.' })
  from?: LogPoint;
  @LogPointField({ optional: true, description: 'Only what came until this position or time, inclusive.' })
  to?: LogPoint;
}
