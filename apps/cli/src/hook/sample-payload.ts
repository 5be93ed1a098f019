import type { Agent } from './payload';

/** The conversation that the samples are of. */
export const CONVERSATION = '0ab4f0de-1111-4222-8333-abcd12345678';

/** What the tools write to a hook before they change `file` in `folder`: as documented, and as seen from Cursor 3.11 (mark, no `cwd`). */
export function editPayload(agent: Agent, folder: string, file: string): string {
  const path = `${folder}/${file}`;
  switch (agent) {
    case 'claude':
      return JSON.stringify({
        ...{ session_id: CONVERSATION, transcript_path: '/t.jsonl', cwd: folder, permission_mode: 'default', hook_event_name: 'PreToolUse' },
        ...{ tool_name: 'Edit', tool_input: { file_path: path, old_string: 'a', new_string: 'b', replace_all: false }, tool_use_id: 'toolu_01' },
      });
    case 'codex':
      return JSON.stringify({
        ...{ session_id: CONVERSATION, turn_id: 't', transcript_path: null, cwd: folder, hook_event_name: 'PreToolUse', model: 'gpt-5' },
        ...{ permission_mode: 'default', tool_name: 'apply_patch', tool_use_id: 'call-1' },
        tool_input: { command: patchOf([file]) },
      });
    case 'gemini':
      return JSON.stringify({
        ...{ session_id: CONVERSATION, transcript_path: '/t.json', cwd: folder, hook_event_name: 'BeforeTool', timestamp: '2026-05-12T12:00:00Z' },
        ...{ tool_name: 'replace', tool_input: { file_path: path, instruction: 'i', old_string: 'a', new_string: 'b' } },
      });
    case 'cursor':
      return `\ufeff${JSON.stringify({
        ...{ conversation_id: CONVERSATION, generation_id: 'g', model: 'composer-2.5', hook_event_name: 'preToolUse', cursor_version: '3.11.25' },
        ...{ workspace_roots: [folder], user_email: null, transcript_path: null, session_id: CONVERSATION },
        ...{ tool_name: 'Write', tool_input: { file_path: path, contents: 'b' }, tool_use_id: 'x' },
      })}`;
  }
}

/** A patch that changes these files. */
export const patchOf = (files: readonly string[]): string =>
  ['*** Begin Patch', ...files.flatMap((file) => [`*** Update File: ${file}`, '@@', '-a', '+b']), '*** End Patch', ''].join('\n');
