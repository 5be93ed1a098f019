import type { SaidDetails, SessionStatus, Statement } from '@coord/domain/session/index';
import { EnumField, FieldOf, type Presence, ProjectKeyField, SessionIdField, StringListField, TextField } from '../http/fields';
import { ListQuery } from '../http/list';
import { FencedWrite } from '../lock/fence-gate';
import { STATUSES } from './session.schema';

const PERCENT = /^(\d+(?:\.\d+)?)%$/;

/** A number from 0 to 100, or the same as a text with a percent sign; given on as the number. */
const ProgressField = (presence: Presence) =>
  FieldOf(
    {
      wanted: 'a number from 0 to 100, or a text such as "25%"',
      accepts: (value) => {
        const percent = typeof value === 'string' ? Number(PERCENT.exec(value)?.[1] ?? Number.NaN) : value;
        return typeof percent === 'number' && percent >= 0 && percent <= 100;
      },
      fromQuery: (text) => (/^\d+(\.\d+)?$/.test(text) ? Number(text) : text),
      normalise: (value) => (typeof value === 'string' ? Number.parseFloat(value) : value),
    },
    {
      oneOf: [
        { type: 'number', minimum: 0, maximum: 100 },
        { type: 'string', pattern: PERCENT.source },
      ],
    },
    presence,
  );

const SAID = { max: 4_000, optional: true, nullable: true } as const;
const NAME = { max: 200, optional: true, nullable: true } as const;

export class RegisterDto extends FencedWrite {
  @SessionIdField({ optional: true, nullable: true, description: 'Without it the server names the session `session-<unix seconds>`.' })
  session_id?: string | null;
  @TextField({ ...NAME, example: 'WORKSHOP' })
  machine?: string | null;
  @TextField({ ...NAME, example: 'howard' })
  user?: string | null;
  @TextField({ ...NAME, example: 'claude' })
  agent?: string | null;
  @ProjectKeyField({ optional: true, nullable: true })
  project_key?: string | null;
  @StringListField({ max: 100, length: { max: 200 }, optional: true, nullable: true, description: 'What it is good for, in your own words.' })
  capabilities?: string[] | null;

  /** What is left out stays as it is. */
  get said(): SaidDetails {
    const { machine, user, agent, project_key, capabilities } = this;
    return { machine, user, agent, project_key, capabilities: capabilities === null ? [] : capabilities };
  }
}

export class HeartbeatDto extends FencedWrite {
  @TextField({ ...SAID, description: 'What it is at.', example: 'building' })
  action?: string | null;
  @TextField({ ...SAID, example: 'server' })
  target?: string | null;
  @TextField({ ...SAID, example: 'BUILD' })
  phase?: string | null;
  @ProgressField({ optional: true, nullable: true, example: 25 })
  progress?: number | null;
  @TextField({ ...SAID, example: 'run the tests' })
  next_action?: string | null;
  @ProjectKeyField({ optional: true, nullable: true, description: 'The project that it works in from now on. Left out: as it is.' })
  project_key?: string | null;

  /** What it says it is at, whole: what is left out is not so any more. Null where it says nothing but that it lives. */
  get said(): Statement | null {
    const { action, target, phase, progress, next_action } = this;
    if ([action, target, phase, progress, next_action].every((value) => value === undefined)) return null;
    return { action: action ?? null, target: target ?? null, phase: phase ?? null, progress: progress ?? null, next_action: next_action ?? null };
  }
}

export class EndDto extends FencedWrite {
  @TextField({ ...SAID, description: 'Why; it stays on record.' })
  reason?: string | null;
}

export class SessionsQuery extends ListQuery {
  @EnumField(STATUSES, { optional: true })
  status?: SessionStatus;
  @ProjectKeyField({ optional: true, description: 'Who named it last, acted there last, or holds a lock there.' })
  project_key?: string;
}
