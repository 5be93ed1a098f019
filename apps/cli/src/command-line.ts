import { CoordProblem, Queued } from '@coord/client/index';
import { CommanderError } from 'commander';
import { exitCodeOf } from './exit-code';
import { EXIT } from './failure';
import { isJson } from './output/format';
import { plainText } from './output/plain-text';
import { createProgram } from './program';
import { wordsFor } from './words-with-blanks';

/** Runs the command line `words`; says what went wrong on standard error and sets the exit code. */
export async function run(words: string[]): Promise<void> {
  const program = createProgram(words);
  try {
    await program.parseAsync(wordsFor(program, words), { from: 'user' });
  } catch (error) {
    process.exitCode = explain(error, isJson({ json: words.includes('--json'), text: words.includes('--text') }));
  }
}

/** Says on standard error what went wrong and what to do; gives the exit code. */
function explain(error: unknown, json: boolean): number {
  // Commander has said it: `--help` and `--version` end this way too, with 0.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  const message = isForeseen(error) ? error.message : `This should not happen, please report it: ${error instanceof Error ? error.stack : error}`;
  if (json && error instanceof CoordProblem) process.stderr.write(`${JSON.stringify({ schema_version: 1, error: error.problem })}\n`);
  else if (json && error instanceof Queued)
    process.stderr.write(`${JSON.stringify({ schema_version: 1, queued: { ...error.line, file: error.file, reason: error.reason } })}\n`);
  else process.stderr.write(`coord: ${plainText(message)}\n`);
  return exitCodeOf(error);
}

/** Errors that somebody has words for are of classes of their own; those of the language and of Node are not. */
const isForeseen = (error: unknown): error is Error => error instanceof Error && error.name !== 'Error' && !LANGUAGE.has(error.name);

const LANGUAGE = new Set(['TypeError', 'RangeError', 'ReferenceError', 'SyntaxError', 'EvalError', 'URIError', 'AggregateError', 'AssertionError']);
