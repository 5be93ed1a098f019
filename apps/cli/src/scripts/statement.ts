import type { Session } from '@coord/client/index';

type Statement = Pick<NonNullable<Session['last_heartbeat']>, 'action' | 'target' | 'progress'>;

/** What a session is at, in a line: `building church-guidance (25% complete)`; empty when it has not said. */
export function statementText(statement: Statement | null): string {
  const { action = null, target = null, progress = null } = statement ?? {};
  return [action, target, progress === null ? null : `(${progress}% complete)`].filter((part) => part !== null).join(' ');
}
