import { type DrainReport, type Refusal, refusalText } from '@coord/client/index';
import type { Output } from '../output/output';
import { plainLine } from '../output/plain-text';

/** Says beside a command's result what became of the writes that waited. */
export function noteDrained(output: Output, { sent, refused, left }: DrainReport, file: string): void {
  for (const one of refused) output.note(refusalLine(one));
  const rest = left > 0 ? `, ${left} still wait in ${plainLine(file)}` : '';
  output.note(`coord: sent ${sent.length} queued ${sent.length === 1 ? 'write' : 'writes'}${rest}.`);
  if (refused.length > 0) output.note(`coord: refused writes are kept in ${plainLine(rejectedBeside(file))}.`);
}

const refusalLine = (one: Refusal): string => `coord: ${plainLine(refusalText(one))}`;

const rejectedBeside = (file: string): string => file.replace(/(\.jsonl)?$/, '.rejected.jsonl');
