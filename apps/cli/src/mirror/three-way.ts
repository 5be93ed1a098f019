import { isDeepStrictEqual as same } from 'node:util';
import { isObject, type JsonObject } from './json-values';

/** Members that are merged one by one: each artifact, gate and figure by itself. */
const BY_MEMBER = ['artifacts', 'quality_gates', 'metrics'];

export interface Merged {
  value: JsonObject;
  /** What both sides changed, and differently: there the file's is taken. */
  conflicts: string[];
}

/**
 * What the file and the engine have made of `base`, together: whoever alone changed a member is followed.
 * @param base what both had last; null: nothing is known of it, then whoever alone says something is followed
 */
export function merge(base: JsonObject | null, file: JsonObject, engine: JsonObject): Merged {
  const merged: Merged = { value: {}, conflicts: [] };
  for (const name of namesIn(file, engine)) {
    const [was, mine, theirs] = [base?.[name], file[name], engine[name]];
    if (BY_MEMBER.includes(name) && isObject(mine) && isObject(theirs)) {
      const inner: Merged = { value: {}, conflicts: [] };
      const before = isObject(was) ? was : {};
      for (const member of namesIn(mine, theirs)) take(inner, member, base && [before[member]], mine[member], theirs[member]);
      merged.value[name] = inner.value;
      merged.conflicts.push(...inner.conflicts.map((member) => `${name}.${member}`));
    } else take(merged, name, base && [was], mine, theirs);
  }
  return merged;
}

const namesIn = (one: JsonObject, other: JsonObject): Set<string> => new Set([...Object.keys(one), ...Object.keys(other)]);

function take(into: Merged, name: string, was: readonly [unknown] | null, mine: unknown, theirs: unknown): void {
  const follows = followed(was, mine, theirs);
  if (follows === 'neither') into.conflicts.push(name);
  const value = follows === 'theirs' ? theirs : mine;
  if (value !== undefined) into.value[name] = value;
}

function followed(was: readonly [unknown] | null, mine: unknown, theirs: unknown): 'mine' | 'theirs' | 'neither' {
  if (same(mine, theirs)) return 'mine';
  if (was ? same(mine, was[0]) : saysNothing(mine)) return 'theirs';
  return (was ? same(theirs, was[0]) : saysNothing(theirs)) ? 'mine' : 'neither';
}

const saysNothing = (value: unknown): boolean =>
  value === undefined || value === null || (Array.isArray(value) && value.length === 0) || (isObject(value) && Object.keys(value).length === 0);
