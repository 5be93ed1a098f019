import { ProjectKeyField, SessionIdField } from '../http/fields';

export class StatusQuery {
  @ProjectKeyField({ optional: true, description: 'Only this project, in every part.' })
  project_key?: string;
  @SessionIdField({ optional: true, description: 'Whose unread messages are counted.' })
  session_id?: string;
}
