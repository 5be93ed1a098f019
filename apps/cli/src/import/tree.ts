import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Kind, Reason } from './entry';

/** A file that may hold records. */
export interface FoundFile {
  kind: Kind;
  /** Relative to the COORDINATION folder, with `/`. */
  file: string;
  path: string;
  /** The folders between that of the kind (`claims`, `messages/direct`, …) and the file. */
  below: string[];
  /** Of messages: which folder they lie in. */
  way?: 'broadcast' | 'direct';
}

export interface Tree {
  found: FoundFile[];
  aside: { kind: Kind; file: string; reason: Reason }[];
}

const FOLDERS: readonly (Pick<FoundFile, 'kind' | 'way'> & { folder: string })[] = [
  { folder: 'sessions', kind: 'session' },
  { folder: 'heartbeats', kind: 'heartbeat' },
  { folder: 'claims', kind: 'claim' },
  { folder: 'messages', kind: 'message' },
  { folder: 'messages/broadcast', kind: 'message', way: 'broadcast' },
  { folder: 'messages/direct', kind: 'message', way: 'direct' },
];

/** Endings that records come with; a name without one may hold a record too. */
const RECORD = /\.(json|jsonl|ndjson|txt|claim|lock|heartbeat|msg)$/i;
const STRAY = /^[.~#]|[~#]$|^(readme|license|makefile|thumbs\.db|desktop\.ini)$/i;

/** The COORDINATION folder that is meant by `folder`: itself, or the one in it; null where there is neither. */
export function coordinationFolder(folder: string): string | null {
  const candidates = [folder, join(folder, 'COORDINATION')];
  return candidates.find((one) => FOLDERS.some((known) => isFolder(join(one, known.folder)))) ?? null;
}

/**
 * All files below the folders that the older system has, in the order of their names. Links inside them are not followed, so that no circle and
 * nothing outside is read; those folders themselves may be links.
 */
export function readTree(root: string): Tree {
  const tree: Tree = { found: [], aside: [] };
  const seen = new Set<string>();
  // The deeper ones first: `messages` is left with what lies in neither of its two.
  for (const { folder, ...of } of [...FOLDERS].reverse()) {
    const path = join(root, folder);
    if (isFolder(path)) walk(path, folder, [], of, tree, seen);
  }
  const byFile = (a: { file: string }, b: { file: string }): number => (a.file < b.file ? -1 : 1);
  tree.found.sort(byFile);
  tree.aside.sort(byFile);
  return tree;
}

function walk(path: string, shown: string, below: string[], of: Pick<FoundFile, 'kind' | 'way'>, tree: Tree, seen: Set<string>): void {
  const real = realpathSync(path);
  if (seen.has(real)) return;
  seen.add(real);
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const file = `${shown}/${entry.name}`;
    const full = join(path, entry.name);
    if (entry.isDirectory()) walk(full, file, [...below, entry.name], of, tree, seen);
    else if (!FOLDERS.some(({ folder }) => folder === file)) {
      const reason = reasonAgainst(entry);
      if (reason) tree.aside.push({ kind: of.kind, file, reason });
      else tree.found.push({ ...of, file, path: full, below });
    }
  }
}

function reasonAgainst(entry: Dirent): Reason | null {
  if (entry.isSymbolicLink()) return 'link';
  if (STRAY.test(entry.name) || !(RECORD.test(entry.name) || /^[^.]+$/.test(entry.name))) return 'no-record';
  return entry.isFile() ? null : 'no-regular-file';
}

/** The name of a file without the ending of a record. */
export const bareName = (file: string): string => basename(file).replace(RECORD, '');

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
