import { Failure } from '../failure';
import { type GlobalFlags, type Settings, settingsWithOrigins } from '../settings/settings';
import { bad, type Check, ok, warn } from './check';

const NAMES = ['url', 'session_id', 'project_key', 'machine', 'user', 'agent'] as const;

/** What the settings are and where each came from; without settings where they can't be read. */
export function checkSettings(flags: GlobalFlags): { checks: Check[]; settings: Settings | null } {
  try {
    const { settings, origins } = settingsWithOrigins(flags);
    const checks = NAMES.map((name) => {
      const value = settings[name];
      if (value !== null) return ok(name, `${value} (${origins[name]})`);
      if (name !== 'project_key') return ok(name, 'not set');
      return warn(name, 'not set', 'Write {"project_key": "…"} to .coord.json at the root of the project, or set COORD_PROJECT.');
    });
    return { checks, settings };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { checks: [bad('settings', 'can not be read', error.message)], settings: null };
  }
}
