const STEPS: readonly [string, number][] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
];

/** A span in ms as people say it: `3 min`, `2 h`. */
export function span(ms: number): string {
  const [unit, size] = STEPS.find(([, ofIt]) => Math.abs(ms) >= ofIt) ?? ['s', 1_000];
  return `${Math.round(Math.abs(ms) / size)} ${unit}`;
}

/** A time (ISO 8601) against `now` (ms): `3 min ago`, `in 2 h`; empty where there is none. */
export function relativeTime(time: string | null | undefined, now = Date.now()): string {
  if (!time) return '';
  const ms = now - Date.parse(time);
  return ms >= 0 ? `${span(ms)} ago` : `in ${span(ms)}`;
}
