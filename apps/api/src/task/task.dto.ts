import { MOST } from '@coord/domain/task/index';
import { BooleanField, FieldOf, ProjectKeyField, SessionIdField, StringListField, TextField } from '../http/fields';
import { ListQuery } from '../http/list';
import { isTextual, LENGTH_OF_KEYS } from '../http/values';
import { FencedWrite } from '../lock/fence-gate';

const STEP_LENGTH = 1_000;

/** Who says something of a task: any caller may leave that out, as the file-based tools do. */
export class TaskWriteDto extends FencedWrite {
  @SessionIdField({ optional: true, nullable: true, description: 'The session that says so.' })
  session_id?: string | null;
}

/** What goes with a task's document beside the document itself. */
export class TaskDocumentDto extends TaskWriteDto {
  @ProjectKeyField({ optional: true, nullable: true, description: 'The project of the task; a task stays in its project.' })
  project_key?: string | null;
}

const isStep = (value: unknown): boolean => isTextual(value, { min: 1, max: STEP_LENGTH });

export class StepsDto extends TaskWriteDto {
  @FieldOf(
    {
      wanted: `a step or a list of at most ${MOST.steps} steps, each of 1 to ${STEP_LENGTH} characters`,
      accepts: (value) => isStep(value) || (Array.isArray(value) && value.length <= MOST.steps && value.every(isStep)),
      normalise: (value) => [value].flat(),
    },
    {
      oneOf: [
        { type: 'string', minLength: 1, maxLength: STEP_LENGTH },
        { type: 'array', items: { type: 'string', minLength: 1, maxLength: STEP_LENGTH }, maxItems: MOST.steps },
      ],
    },
    { optional: true, description: 'What is done now: one step or several.', example: ['created_unit_tests'] },
  )
  completed?: string[];
  @TextField({ min: 1, max: STEP_LENGTH, optional: true, nullable: true, description: 'What is under way; null: nothing.', example: 'documentation' })
  current?: string | null;
  @StringListField({
    max: MOST.steps,
    length: { min: 1, max: STEP_LENGTH },
    optional: true,
    description: 'What is left; left out: what was, without what is done or begun.',
  })
  remaining?: string[];
}

export class BlockerDto extends TaskWriteDto {
  @TextField({ min: 1, max: 10_000, blank: false, description: 'What stands in the way.', example: 'missing specification for tool discovery' })
  reason: string;
}

export class CompleteDto extends TaskWriteDto {
  @StringListField({
    max: MOST.gates,
    length: { min: 1, max: LENGTH_OF_KEYS },
    optional: true,
    description: 'The gates that have to have passed; left out: every gate that was reported.',
  })
  required_gates?: string[];
  @BooleanField({ optional: true, description: 'Complete it whatever the gates say; needs a reason.' })
  force = false;
  @TextField({ max: 10_000, optional: true, nullable: true, description: 'Why; it stays on record.' })
  reason?: string | null;
}

export class TasksQuery extends ListQuery {
  @ProjectKeyField({ optional: true })
  project_key?: string;
  @TextField({ min: 1, max: 64, optional: true, description: 'Only tasks in this status.' })
  status?: string;
  @BooleanField({ optional: true, description: 'Only tasks that are blocked, or only those that are not.' })
  blocked?: boolean;
}

export class TaskMetricsQuery {
  @ProjectKeyField({ optional: true, description: 'Only tasks of this project.' })
  project_key?: string;
}
