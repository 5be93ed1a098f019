/** What the doctor found out about one thing. */
export interface Check {
  name: string;
  /** `bad`: Coord can't be used; `warn`: something is missing or will go wrong. */
  state: 'ok' | 'warn' | 'bad';
  found: string;
  /** What to do about it. */
  advice: string | null;
}

export const ok = (name: string, found: string): Check => ({ name, state: 'ok', found, advice: null });
export const warn = (name: string, found: string, advice: string): Check => ({ name, state: 'warn', found, advice });
export const bad = (name: string, found: string, advice: string): Check => ({ name, state: 'bad', found, advice });
