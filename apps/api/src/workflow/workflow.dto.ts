import { WORKFLOW_STATUSES, type WorkflowStatus } from '@coord/domain/workflow/index';
import { EnumField, ProjectKeyField, SessionIdField, TextField } from '../http/fields';
import { ListQuery } from '../http/list';
import { FencedWrite } from '../lock/fence-gate';

export class CreateWorkflowDto extends FencedWrite {
  @ProjectKeyField()
  project_key: string;
  @TextField({ min: 1, example: 'Network discovery, phase 1' })
  name: string;
  @TextField({ optional: true, nullable: true, example: 'TCP probe scanner, DB layer, API, dashboard' })
  description?: string | null;
  @EnumField(WORKFLOW_STATUSES, { optional: true })
  status: WorkflowStatus = 'planning';
  @SessionIdField({ description: 'The session that creates it.' })
  created_by: string;
}

export class ChangeWorkflowDto extends FencedWrite {
  @TextField({ min: 1, optional: true, description: 'Left out: as it is.' })
  name?: string;
  @TextField({ optional: true, nullable: true, description: 'Left out: as it is; null clears it.' })
  description?: string | null;
  @EnumField(WORKFLOW_STATUSES, { optional: true, description: 'Left out: as it is.' })
  status?: WorkflowStatus;
  @SessionIdField({ optional: true, description: 'The session that changes it.' })
  updated_by?: string;
}

export class WorkflowsQuery extends ListQuery {
  @ProjectKeyField({ optional: true })
  project_key?: string;
  @EnumField(WORKFLOW_STATUSES, { optional: true })
  status?: WorkflowStatus;
}
