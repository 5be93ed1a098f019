import { resolve } from 'node:path';
import { localPath, type Payload } from './payload';

/** The tools that change files by name, without case and underlines; `mcp…` ones are known by a word in their names. */
const EDITS = /^(edit|write|multiedit|notebookedit|editnotebook|strreplace|searchreplace|replace|(edit|write|create|delete)file|delete)$/;
const MCP = /^mcp(_|:)/i;
const MCP_EDITS = /write|edit|create|move|rename|delete|remove|replace|patch|append|insert/i;
const PATCHES = /^(applypatch|patch)$/;
const SHELLS = /^(bash|shell|localshell|shellcommand|execcommand|runshellcommand)$/;

/** Where tools name the files of a call. */
const FIELDS = ['file_path', 'filePath', 'path', 'notebook_path', 'target_file', 'target_notebook', 'absolute_path', 'source', 'destination'];
const LISTS = ['edits', 'files', 'paths'];

/** A line of a patch of `apply_patch` that names a file. */
const PATCHED = /^\*\*\* (?:Add File|Update File|Delete File|Move to):[ \t]*(.+?)[ \t]*\r?$/gm;

/**
 * The files that a call of a tool would change, as absolute paths. Empty for tools that change none, and for the shell: what a command
 * line writes can't be told from reading it. An `apply_patch` within a command line is seen, as Codex runs it itself.
 */
export function editedFiles({ tool, input, folder }: Payload): string[] {
  const name = tool.replace(/[^a-z]/gi, '').toLowerCase();
  const base = typeof input.workdir === 'string' ? resolve(folder, input.workdir) : folder;
  return [...new Set(namedFiles(tool, name, input))].map((file) => resolve(base, localPath(file)));
}

function namedFiles(tool: string, name: string, input: Record<string, unknown>): string[] {
  if (PATCHES.test(name) || SHELLS.test(name)) return patchedFiles(input);
  // Cursor has left out the name of the tool for a while: a call with a file and something to put there is an edit.
  const unnamed = tool === '' && ['content', 'contents', 'old_string', 'new_string'].some((field) => field in input);
  if (!unnamed && !EDITS.test(name) && !(MCP.test(tool) && MCP_EDITS.test(tool))) return [];
  return [...filesOf(input), ...LISTS.flatMap((list) => (Array.isArray(input[list]) ? input[list] : [])).flatMap(filesOf)];
}

function filesOf(told: unknown): string[] {
  if (typeof told === 'string') return told === '' ? [] : [told];
  if (typeof told !== 'object' || told === null) return [];
  const values = FIELDS.map((field) => (told as Record<string, unknown>)[field]);
  return values.filter((value): value is string => typeof value === 'string' && value !== '');
}

function patchedFiles(input: Record<string, unknown>): string[] {
  const texts = [input.command, input.cmd, input.input, input.patch].flat().filter((text): text is string => typeof text === 'string');
  return texts.filter((text) => text.includes('*** Begin Patch')).flatMap((text) => [...text.matchAll(PATCHED)].map(([, file = '']) => file));
}
