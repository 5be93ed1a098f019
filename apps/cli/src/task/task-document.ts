import { EXIT, Failure } from '../failure';
import { textArgument } from '../text-argument';

/**
 * A document of the coordinator protocol (`.progress/current-task.json`) from a file; `-`: standard input.
 * @throws Failure when the file can't be read or holds no JSON object
 */
export async function taskDocument(file: string): Promise<Record<string, unknown>> {
  const text = await textArgument({ name: 'document', inline: undefined, file, option: '--file' });
  try {
    const document: unknown = JSON.parse(text.replace(/^\ufeff/, ''));
    if (typeof document === 'object' && document !== null && !Array.isArray(document)) return document as Record<string, unknown>;
  } catch {
    // said below, as for any other JSON
  }
  throw new Failure(`${file} holds no JSON object: a task is a document as .progress/current-task.json has it.`, EXIT.usage);
}

/**
 * `key=value` pairs of the command line as figures: numbers, true and false are that, all else is text.
 * @throws Failure for what has no `=`
 */
export function figuresOf(pairs: readonly string[] = []): Record<string, unknown> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const [, name, value] = /^([^=]+)=(.*)$/s.exec(pair) ?? [];
      if (name === undefined || value === undefined)
        throw new Failure(`${JSON.stringify(pair)} is no figure: write name=value, as coverage_percent=92.`, EXIT.usage);
      return [name, figureOf(value)];
    }),
  );
}

function figureOf(text: string): unknown {
  if (text === 'true' || text === 'false') return text === 'true';
  return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
}
