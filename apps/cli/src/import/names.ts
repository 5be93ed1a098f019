/** What the engine takes as the name of a session or project (protocol, "General"). */
const LONGEST = 200;

/** A name as it may be used; null for one that the engine would refuse. */
export function nameOf(text: string): string | null {
  const name = text.trim();
  const isName = name !== '' && [...name].length <= LONGEST && !/[\p{Cc}\p{Cs}]/u.test(name);
  return isName ? name : null;
}

/** The names of a tree's sessions. Old files leave out the `session-` of a name, or write only its seconds. */
export class SessionNames {
  private readonly known = new Set<string>();

  add(name: string): void {
    this.known.add(name);
  }

  has(name: string): boolean {
    return this.known.has(name);
  }

  /** The session that is meant; null for what can be none. */
  meant(text: string): string | null {
    const name = nameOf(text);
    if (name === null || this.known.has(name)) return name;
    const whole = `session-${name}`;
    return this.known.has(whole) || /^\d{9,13}$/.test(name) ? whole : name;
  }

  /** The session that a file's name begins with, as in `session-1763229251-1763229300`. */
  inFileName(file: string): string | null {
    const whole = this.meant(file);
    if (whole === null || this.known.has(whole)) return whole;
    const starts = [...file.matchAll(/[-_.]/g)].map(({ index }) => this.meant(file.slice(0, index)));
    const longest = starts.findLast((start) => start !== null && this.known.has(start));
    if (longest) return longest;
    return /^session-\d+/.exec(file)?.[0] ?? whole;
  }
}
