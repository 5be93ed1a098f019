import { BooleanField, EnumField, KeyField, ProjectKeyField, SessionIdField, TextField, UuidField } from '../http/fields';
import { ListQuery } from '../http/list';
import { FencedWrite } from '../lock/fence-gate';

const LONGEST_SOURCE = 10_000;

/** Todos are people's: a write names users. The session that acts for them may say so. */
class TodoWrite extends FencedWrite {
  @SessionIdField({ optional: true })
  session_id?: string;
}

export class AddTodoDto extends TodoWrite {
  @TextField({ min: 1, description: 'What is to be done.', example: 'Roll out the new config' })
  text: string;
  @KeyField({ optional: true, nullable: true, example: 'howard' })
  created_by_user?: string | null;
  @KeyField({ optional: true, nullable: true, example: 'HOWARD-HOME' })
  created_by_machine?: string | null;
  @KeyField({ optional: true, nullable: true, description: 'Whose it is; without it, of who created it.', example: 'mike' })
  assigned_to_user?: string | null;
  @ProjectKeyField({ optional: true, nullable: true })
  project_key?: string | null;
  @UuidField({ optional: true, nullable: true, description: 'The todo that this one is a part of, of any project.' })
  parent_id?: string | null;
  @TextField({ max: LONGEST_SOURCE, optional: true, nullable: true, description: 'Where it came from.', example: 'coord skill' })
  source?: string | null;
  @BooleanField({ optional: true, description: 'Added by a program, not by a person.' })
  auto = false;
}

/** What is left out stays as it is; null clears it. */
export class ChangeTodoDto extends TodoWrite {
  @TextField({ min: 1, optional: true, example: 'Roll out to all' })
  text?: string;
  @KeyField({ optional: true, nullable: true, example: 'mike' })
  assigned_to_user?: string | null;
  @ProjectKeyField({ optional: true, nullable: true })
  project_key?: string | null;
  @UuidField({ optional: true, nullable: true, description: 'The todo that this one is a part of: not itself, and none of its own parts.' })
  parent_id?: string | null;
  @TextField({ max: LONGEST_SOURCE, optional: true, nullable: true })
  source?: string | null;
}

export class CompleteTodoDto extends TodoWrite {
  @KeyField({
    optional: true,
    description: 'Who has done it; counts as the session that acts, unless session_id names one.',
    example: 'WORKSHOP/claude-main',
  })
  completed_by?: string;
}

export class ReopenTodoDto extends TodoWrite {}

export class TodosQuery extends ListQuery {
  @KeyField({ optional: true, description: 'Only what is assigned to this user, or unassigned and created by them.', example: 'howard' })
  user?: string;
  @ProjectKeyField({ optional: true })
  project_key?: string;
  @EnumField(['pending', 'done', 'all'], { optional: true })
  status: 'pending' | 'done' | 'all' = 'pending';
}
