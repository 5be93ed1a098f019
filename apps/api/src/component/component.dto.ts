import { KeyField, ProjectKeyField, SessionIdField, TextField } from '../http/fields';
import { ListQuery } from '../http/list';
import { FencedWrite } from '../lock/fence-gate';

/** What a component is set to; project and name stand in the path. */
export class ComponentStateDto extends FencedWrite {
  @TextField({
    min: 1,
    max: 64,
    description: 'Free text; by convention building, built, deploying, deployed, degraded or unknown.',
    example: 'deployed',
  })
  state: string;
  @TextField({ max: 10_000, optional: true, nullable: true, description: 'Left out: as it is; null clears it.', example: '0.3.0' })
  version?: string | null;
  @TextField({ optional: true, nullable: true, description: 'Left out: as they are; null clears them.', example: 'credential store live' })
  notes?: string | null;
  @SessionIdField({ description: 'The session that says so.' })
  updated_by: string;
}

export class ComponentDto extends ComponentStateDto {
  @ProjectKeyField()
  project_key: string;
  @KeyField({ description: 'Its name in the project.', example: 'server' })
  component: string;
}

export class ComponentsQuery extends ListQuery {
  @ProjectKeyField({ optional: true })
  project_key?: string;
  @TextField({ min: 1, max: 64, optional: true, description: 'Only components in this state.' })
  state?: string;
}
