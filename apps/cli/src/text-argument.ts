import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { EXIT, Failure } from './failure';

export interface TextArgument {
  /** What it is called in messages: `body`. */
  name: string;
  /** As it stands on the command line. */
  inline: string | undefined;
  /** The file that it stands in instead; `-`: standard input. */
  file: string | undefined;
  /** The option that names the file. */
  option: string;
}

/**
 * A text that is given on the command line or in a file, as it is: quoting for a shell breaks long ones.
 * @throws Failure when it is given in both ways or in none, or the file can't be read
 */
export async function textArgument({ name, inline, file, option }: TextArgument): Promise<string> {
  if (inline !== undefined && file !== undefined)
    throw new Failure(`The ${name} is given twice: on the command line and by ${option}. Leave one out.`, EXIT.usage);
  if (inline !== undefined) return inline;
  if (file === undefined)
    throw new Failure(`The ${name} is missing: give it in quotes, or in a file with ${option} <path> (- is standard input).`, EXIT.usage);
  return file === '-' ? text(process.stdin) : contentOf(file);
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Failure(`${file} can't be read (${(error as NodeJS.ErrnoException).code}): check the path.`, EXIT.usage);
  }
}
