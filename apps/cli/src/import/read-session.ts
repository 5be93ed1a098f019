import type { SessionNames } from './names';
import type { Source } from './source';
import { isSaid, type Statement, statementOf } from './statement';
import { momentOf } from './times';

export interface SessionRecord {
  session_id: string;
  machine: string | null;
  user: string | null;
  agent: string | null;
  capabilities: string[];
  /** The file says that it has ended. */
  over: boolean;
  started_at: number;
  /** The last sign of it in the file, in ms. */
  seen_at: number;
  /** What it was at, where the file says so. */
  statement: Statement | null;
}

const OVER = /^(ended|over|completed?|done|finished|closed|inactive|dead|stopped|terminated|expired|lost|stale|archived)$/i;

/** @throws NotTaken */
export function readSession(source: Source, names: SessionNames): SessionRecord {
  const { fields } = source;
  const nested = fields.part('session');
  const given = fields.text('session_id', 'id', 'session', 'name') ?? nested?.text('session_id', 'id') ?? source.bareName;
  const session_id = source.session(names, given);
  const heartbeat = fields.part('last_heartbeat', 'heartbeat', 'current_work');
  const started_at = source.written('started_at', 'started', 'start_time', 'registered_at', 'registered', 'created_at', 'created', 'timestamp');
  const seen = [
    'last_heartbeat',
    'last_heartbeat_at',
    'last_seen',
    'last_active',
    'last_activity',
    'last_update',
    'updated_at',
    'updated',
    'ended_at',
  ];
  const seenAt = [...seen.map((name) => momentOf(fields.value(name))), momentOf(heartbeat?.value('timestamp', 'at', 'time'))];
  const statement = { ...statementOf(fields), ...(heartbeat && said(statementOf(heartbeat))) };
  return {
    session_id,
    machine: short(fields.text('machine', 'hostname', 'host')),
    user: short(fields.text('user', 'username', 'created_by')),
    agent: short(fields.text('agent', 'model', 'tool', 'agent_type')),
    capabilities: fields
      .list('capabilities', 'skills')
      .filter((one) => one.length <= 200)
      .slice(0, 100),
    over: OVER.test(fields.text('status', 'state')?.trim() ?? '') || fields.value('ended_at', 'end_time') !== undefined,
    started_at,
    seen_at: Math.max(started_at, ...seenAt.filter((at) => at !== null)),
    statement: isSaid(statement) ? statement : null,
  };
}

const said = (statement: Statement): Partial<Statement> => Object.fromEntries(Object.entries(statement).filter(([, value]) => value !== null));

/** What the engine takes as a name of a machine, user or agent. */
const short = (text: string | null): string | null => (text === null ? null : [...text].slice(0, 200).join(''));
