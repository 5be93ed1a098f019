import { type LogPoint, LogPointField, ProjectKeyField, SessionIdField } from '../http/fields';

export class StatusQuery {
  @ProjectKeyField({ optional: true, description: 'Only this project, in every part.' })
  project_key?: string;
  @SessionIdField({ optional: true, description: 'Whose unread messages are counted.' })
  session_id?: string;
  @LogPointField({ optional: true, description: 'The board as it was at this position or time, inclusive.' })
  at?: LogPoint;
}
