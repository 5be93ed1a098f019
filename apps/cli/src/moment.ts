import { EXIT, Failure } from './failure';

const UNIT_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/**
 * A moment of the log as people write it: a position (`1024`), a time (`2026-05-12T15:30:00Z`, `2026-05-12`), or how long ago (`2h`, `3d`).
 * @returns a position, or a time in ISO 8601
 * @throws Failure (usage) for anything else
 */
export function momentOf(text: string, now = Date.now()): string {
  if (/^\d{1,16}$/.test(text)) return text;
  const [, amount, unit = ''] = /^(\d+(?:\.\d+)?)\s*([smhdw])$/.exec(text) ?? [];
  if (amount !== undefined) return new Date(now - Number(amount) * (UNIT_MS[unit] ?? 0)).toISOString();
  const ms = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(ms))
    throw new Failure(
      `${JSON.stringify(text)} is no moment: give a position (1024), a time (2026-05-12T15:30:00Z) or a span of the past (2h, 3d).`,
      EXIT.usage,
    );
  return new Date(ms).toISOString();
}
