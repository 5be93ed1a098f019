import type { SessionNames } from './names';
import { NotTaken, type Source } from './source';
import { type Statement, statementOf } from './statement';

export interface HeartbeatRecord {
  session_id: string;
  at: number;
  statement: Statement;
}

/** A heartbeat; whose it is, its fields say, or the folder that it lies in, or the beginning of its file's name. @throws NotTaken */
export function readHeartbeat(source: Source, names: SessionNames): HeartbeatRecord {
  const { fields, found } = source;
  const given = fields.text('session_id', 'session', 'from', 'from_session', 'id') ?? found.below.at(-1) ?? names.inFileName(source.bareName);
  if (given === null) throw new NotTaken('missing-field', 'session_id');
  const nested = fields.part('heartbeat', 'current_work');
  return {
    session_id: source.session(names, given),
    at: source.written('timestamp', 'heartbeat_at', 'last_heartbeat', 'at', 'time', 'date', 'created_at', 'updated_at'),
    statement: statementOf(nested ?? fields),
  };
}
