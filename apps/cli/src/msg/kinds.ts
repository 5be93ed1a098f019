/** Types and priorities of messages (protocol, "Messages"). */
export const TYPES = ['note', 'directive', 'question', 'response', 'progress', 'blocker', 'completion', 'error'] as const;
export const PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const;
