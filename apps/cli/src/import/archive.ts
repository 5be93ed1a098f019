/**
 * Whose inbox keeps old broadcasts. To the engine they are sent today, and as broadcasts would be unread, for a week, to every session that
 * begins; here they are found by search, and disturb no one.
 */
export const ARCHIVE = 'COORDINATION/archive';
