import { isRecord, type JsonRecord } from './records';

/** The fields of a record by any spelling of their names: `session_id`, `sessionId` and `Session-ID` are one. */
export class Fields {
  private readonly byName = new Map<string, unknown>();

  constructor(record: JsonRecord) {
    for (const [name, value] of Object.entries(record)) {
      const plain = plainName(name);
      if (!this.byName.has(plain)) this.byName.set(plain, value);
    }
  }

  /** The first of these that is there and says something. */
  value(...names: string[]): unknown {
    return names.map((name) => this.byName.get(plainName(name))).find((value) => value !== undefined && value !== null && value !== '');
  }

  /** The first of these that is a text or a number, as text. */
  text(...names: string[]): string | null {
    for (const name of names) {
      const value = this.value(name);
      if (typeof value === 'string' || typeof value === 'number') return String(value);
    }
    return null;
  }

  /** The first of these that is an object, as fields of its own. */
  part(...names: string[]): Fields | null {
    const value = names.map((name) => this.value(name)).find(isRecord);
    return value ? new Fields(value) : null;
  }

  /** The texts of a list, or of a text with commas. */
  list(...names: string[]): string[] {
    const value = this.value(...names);
    const items = Array.isArray(value) ? value : typeof value === 'string' ? value.split(',') : [];
    return items.filter((item) => typeof item === 'string').flatMap((item) => (item.trim() === '' ? [] : [item.trim()]));
  }
}

const plainName = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');
