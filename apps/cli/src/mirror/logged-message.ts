import type { JsonObject } from './json-values';

/** A message as it was sent. `file_id` is the id that files know it by. */
export interface LoggedMessage {
  id: string;
  file_id: string;
  from_session: string;
  to_session: string;
  subject: string;
  body: string;
  type: string;
  priority: string;
  references: string[];
  metadata: JsonObject | null;
  external_id: string | null;
  sent_at: string;
}

/** A message that no file brought gets an id in the form that files use; it derives from the message, so it is the same in every run. */
export function fileIdOf({ id, external_id, sent_at }: Pick<LoggedMessage, 'id' | 'external_id' | 'sent_at'>): string {
  if (external_id !== null) return external_id;
  const [day = '', time = ''] = sent_at.split('T');
  return `msg-${day.replaceAll('-', '')}-${time.slice(0, 8).replaceAll(':', '')}-${id.slice(-12)}`;
}
