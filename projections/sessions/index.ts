export { afterEvent, type SessionLife, subjectOf } from './session-life';
export type { SessionQuery, SessionRow } from './session-row';
export * from './sessions.projection';
export * from './sessions.queries';
export * from './unfinished.queries';
