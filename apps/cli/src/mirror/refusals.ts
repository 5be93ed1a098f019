import { CoordProblem } from '@coord/client/index';
import { isObject } from './json-values';

/** What the engine says against a document itself: another attempt would be answered the same. */
const FAULTS_OF_THE_DOCUMENT = new Set([400, 413, 422]);

/**
 * Why the engine does not take a document, in words for whoever wrote it.
 * @throws what is no fault of the document: the engine is away, busy, or another one
 */
export function refusal(error: unknown): string {
  if (!(error instanceof CoordProblem) || !FAULTS_OF_THE_DOCUMENT.has(error.status)) throw error;
  const errors = Array.isArray(error.problem.errors) ? error.problem.errors.filter(isObject) : [];
  const lines = errors.map(({ field, message }) => `- ${String(field)}: ${String(message)}`);
  return [error.message, ...lines].join('\n');
}

/** The engine can't answer now, and will: its store is away, it is behind, or has too much to do. */
export const isBusy = (error: unknown): boolean => error instanceof CoordProblem && (error.status >= 500 || error.status === 429);
