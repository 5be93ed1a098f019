import { WORK_ITEM_STATUSES, type WorkItemStatus } from '@coord/domain/work-item/index';
import { BooleanField, EnumField, NumberField, ProjectKeyField, SessionIdField, TextField, UuidField, UuidListField } from '../http/fields';
import { ListQuery } from '../http/list';
import { FencedWrite } from '../lock/fence-gate';

const PRIORITY = { min: -1_000_000_000, max: 1_000_000_000, integer: true, optional: true } as const;
const MOST_DEPENDENCIES = 500;

export class AddWorkItemDto extends FencedWrite {
  @UuidField({ description: 'The workflow that it is a step of.' })
  workflow_id: string;
  @ProjectKeyField({ description: 'The project of the workflow.' })
  project_key: string;
  @TextField({ min: 1, example: 'Write migrations 017-019 for discovery tables' })
  title: string;
  @TextField({ optional: true, nullable: true })
  description?: string | null;
  @EnumField(WORK_ITEM_STATUSES, { optional: true })
  status: WorkItemStatus = 'pending';
  @NumberField({ ...PRIORITY, description: 'Higher comes first.', example: 10 })
  priority = 0;
  @SessionIdField({ optional: true, nullable: true, description: 'The session that is to do it.' })
  assigned_to?: string | null;
  @UuidListField({ max: MOST_DEPENDENCIES, optional: true, description: 'Work items of the same project that have to be completed before.' })
  depends_on: string[] = [];
}

export class ChangeWorkItemDto extends FencedWrite {
  @EnumField(WORK_ITEM_STATUSES, { optional: true, description: 'Any status may follow any other.' })
  status?: WorkItemStatus;
  @TextField({ min: 1, optional: true })
  title?: string;
  @TextField({ optional: true, nullable: true, description: 'Left out: as it is; null clears it.' })
  description?: string | null;
  @NumberField(PRIORITY)
  priority?: number;
  @SessionIdField({ optional: true, nullable: true, description: 'Left out: as it is; null: nobody.' })
  assigned_to?: string | null;
  @UuidListField({ max: MOST_DEPENDENCIES, optional: true, description: 'All of them, in place of those that it has.' })
  depends_on?: string[];
  @SessionIdField({ optional: true, description: 'The session that changes it.' })
  updated_by?: string;
}

export class ClaimWorkItemDto extends FencedWrite {
  @SessionIdField()
  session_id: string;
}

export class ClaimNextDto extends ClaimWorkItemDto {
  @ProjectKeyField()
  project_key: string;
  @UuidField({ optional: true, description: 'Only items of this workflow.' })
  workflow_id?: string;
}

export class HandOffDto extends FencedWrite {
  @SessionIdField({ description: 'Who has it.' })
  from_session: string;
  @SessionIdField({ description: 'Who gets it.', example: 'HOWARD-HOME/claude-main' })
  to_session: string;
  @TextField({ min: 1, blank: false, description: 'What the receiver is told, in a message.', example: 'Scanner done, tests are missing' })
  note: string;
}

export class WorkItemsQuery extends ListQuery {
  @ProjectKeyField({ optional: true })
  project_key?: string;
  @UuidField({ optional: true, description: 'Only items of this workflow.' })
  workflow_id?: string;
  @EnumField(WORK_ITEM_STATUSES, { optional: true })
  status?: WorkItemStatus;
  @SessionIdField({ optional: true, description: 'Only what is assigned to this session.' })
  assigned_to?: string;
  @BooleanField({ optional: true, description: 'true: pending, and every dependency completed; false: the others.' })
  ready?: boolean;
}
