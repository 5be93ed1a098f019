import { MAX_PATH_LENGTH } from '@coord/domain/lock/index';
import { ApiProperty } from '@nestjs/swagger';
import { BooleanField, EnumField, NumberField, ProjectKeyField, SessionIdField, StringListField, TextField } from '../http/fields';
import { ListQuery } from '../http/list';
import { FencedWrite } from './fence-gate';
import { ALL_MODES } from './lock.schema';

const TTL = 'Hours until the lock expires, fractions allowed; 0: never.';
const REASON = { max: 4_000, optional: true, nullable: true, description: 'Why; it stays on record.' } as const;

/** For the document alone: the domain refuses a resource that is longer in its normal form. */
const BOUND = { maxLength: MAX_PATH_LENGTH };

/** What every claim may say. */
class Terms extends FencedWrite {
  @ProjectKeyField()
  project_key: string;
  @SessionIdField()
  session_id: string;
  @TextField({ max: 10_000, optional: true, nullable: true, description: 'What it is held for.', example: 'Adding credential endpoints' })
  description?: string | null;
  @NumberField({ min: 0, max: 720, optional: true, description: `${TTL} Default 2.` })
  ttl_hours = 2;
  @EnumField(ALL_MODES, { optional: true, description: 'Shared locks stand beside each other. Default exclusive.' })
  mode: 'exclusive' | 'shared' = 'exclusive';
  @NumberField({
    min: 0,
    max: 60,
    optional: true,
    description: 'How long to wait, first come, first served, if another session is in the way. Default 0: not at all.',
  })
  wait_seconds = 0;
}

export class ClaimDto extends Terms {
  @ApiProperty(BOUND)
  @TextField({ min: 1, description: 'A path, a pattern or a key with a scheme.', example: 'server/src/api/credentials.rs' })
  resource: string;
}

export class ClaimBatchDto extends Terms {
  @ApiProperty({ items: { type: 'string', minLength: 1, ...BOUND } })
  @StringListField({ min: 1, max: 100, length: { min: 1 }, description: 'All of them are granted, or none.' })
  resources: string[];
}

export class RenewDto extends FencedWrite {
  @SessionIdField()
  session_id: string;
  @NumberField({ min: 0, max: 720, optional: true, description: `${TTL} Default: as before.` })
  ttl_hours?: number;
}

export class ReleaseDto extends FencedWrite {
  @SessionIdField()
  session_id: string;
  @TextField(REASON)
  reason?: string | null;
}

export class ReleaseAllDto extends FencedWrite {
  @SessionIdField()
  session_id: string;
  @BooleanField({ optional: true, description: 'Has to be true, so that nothing is released by mistake.' })
  release_all?: boolean;
  @ProjectKeyField({ optional: true, description: 'Only in this project.' })
  project_key?: string;
  @TextField(REASON)
  reason?: string | null;
}

export class BreakDto extends FencedWrite {
  @SessionIdField()
  session_id: string;
  @TextField({ min: 1, max: 4_000, blank: false, description: "Why a person overrides the holder's claim; it stays on record." })
  reason: string;
}

export class VerifyDto {
  @ProjectKeyField()
  project_key: string;
  @ApiProperty(BOUND)
  @TextField({ min: 1 })
  resource: string;
  @SessionIdField()
  session_id: string;
  @NumberField({ min: 0, max: Number.MAX_SAFE_INTEGER, integer: true, description: 'The fence that the lock was granted with.' })
  fence: number;
}

export class LocksQuery extends ListQuery {
  @ProjectKeyField({ optional: true })
  project_key?: string;
  @TextField({ optional: true, description: 'Every lock that overlaps it; needs project_key.' })
  resource?: string;
  @SessionIdField({ optional: true, description: 'Only locks of this session.' })
  session_id?: string;
  @BooleanField({ optional: true, description: 'Only stale locks, or only others.' })
  stale?: boolean;
  @BooleanField({ optional: true, description: 'With those that have ended.' })
  include_inactive?: boolean;
}

export class QueueQuery extends ListQuery {
  @ProjectKeyField({ optional: true })
  project_key?: string;
}
