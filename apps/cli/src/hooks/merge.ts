import type { Agent } from '../hook/payload';
import type { Entry } from './wiring';

/** A tool's settings as they are in its file. */
export type Settings = Record<string, unknown>;

/**
 * The settings with these entries: what is ours and there already is brought up to date where it stands, what is missing comes last, all else
 * stays as it is and where it is.
 * @throws Error when the settings have another form than the tool's.
 */
export function withHooks(settings: Settings, agent: Agent, entries: readonly Entry[]): Settings {
  const merged = { ...hooksOf(settings) };
  for (const { event, item } of entries) merged[event] = withItem(listOf(merged, event), agent, item);
  const version = agent === 'cursor' && settings.version === undefined ? { version: 1 } : {};
  return { ...version, ...settings, hooks: merged };
}

/** The settings without what is ours; lists and groups that become empty by that go, too. */
export function withoutHooks(settings: Settings, agent: Agent): Settings {
  if (settings.hooks === undefined) return settings;
  const hooks = hooksOf(settings);
  const left = Object.keys(hooks).map((event): [string, unknown] => [event, listOf(hooks, event).map((item) => without(item, agent))]);
  const kept = left.map(([event, items]): [string, unknown[]] => [event, (items as unknown[]).filter((item) => item !== null)]);
  const { hooks: _, ...rest } = settings;
  const remaining = kept.filter(([event, items]) => items.length > 0 || listOf(hooks, event).length === 0);
  return remaining.length > 0 || Object.keys(hooks).length === 0 ? { ...settings, hooks: Object.fromEntries(remaining) } : rest;
}

/** The commands of ours in the settings, by event. */
export function ourCommands(settings: Settings, agent: Agent): Record<string, string> {
  if (settings.hooks === undefined) return {};
  const hooks = hooksOf(settings);
  const found = Object.keys(hooks).flatMap((event) =>
    listOf(hooks, event).flatMap((item) => handlersIn(item).map((handler) => ({ event, handler }))),
  );
  const ours = found.filter(({ handler }) => isOurs(handler, agent));
  return Object.fromEntries(ours.map(({ event, handler }) => [event, (handler as { command: string }).command]));
}

function withItem(items: readonly unknown[], agent: Agent, item: Record<string, unknown>): unknown[] {
  const at = items.findIndex((one) => handlersIn(one).some((handler) => isOurs(handler, agent)));
  if (at === -1) return [...items, item];
  const command = handlersIn(item)[0];
  const updated = (handler: unknown): unknown =>
    isOurs(handler, agent) ? { ...(handler as object), command: (command as { command: string }).command } : handler;
  return items.map((one, i) => (i !== at ? one : isGroup(one) ? { ...one, hooks: one.hooks.map(updated) } : updated(one)));
}

function without(item: unknown, agent: Agent): unknown {
  if (!isGroup(item)) return isOurs(item, agent) ? null : item;
  const hooks = item.hooks.filter((handler) => !isOurs(handler, agent));
  if (hooks.length === item.hooks.length) return item;
  return hooks.length === 0 ? null : { ...item, hooks };
}

const isGroup = (item: unknown): item is { hooks: unknown[] } =>
  typeof item === 'object' && item !== null && Array.isArray((item as { hooks?: unknown }).hooks);

/** A group of Claude, Codex and Gemini holds several, an item of Cursor is one. */
const handlersIn = (item: unknown): unknown[] => (isGroup(item) ? item.hooks : [item]);

const isOurs = (handler: unknown, agent: Agent): boolean => {
  const command = typeof handler === 'object' && handler !== null ? (handler as { command?: unknown }).command : undefined;
  return typeof command === 'string' && new RegExp(`(coord|main\\.js)["']? hook ${agent} [A-Za-z]+`).test(command);
};

function hooksOf({ hooks = {} }: Settings): Record<string, unknown> {
  if (typeof hooks === 'object' && hooks !== null && !Array.isArray(hooks)) return hooks as Record<string, unknown>;
  throw new Error('its "hooks" is no object');
}

function listOf(hooks: Record<string, unknown>, event: string): unknown[] {
  const list = hooks[event] ?? [];
  if (Array.isArray(list)) return list;
  throw new Error(`its "hooks.${event}" is no list`);
}
