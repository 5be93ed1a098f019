import { type Change, Version } from './version';

/** A map of which every version stays as it was: `set` and `delete` give a new one, at the cost of a change to a plain `Map` (see `Version`). */
export class VersionedMap<Key, Value> {
  private constructor(private readonly version: Version<Map<Key, Value>>) {}

  static empty<Key, Value>(): VersionedMap<Key, Value> {
    return new VersionedMap(new Version(new Map<Key, Value>()));
  }

  get size(): number {
    return this.version.data.size;
  }

  get(key: Key): Value | undefined {
    return this.version.data.get(key);
  }

  /** In no particular order. */
  values(): Value[] {
    return [...this.version.data.values()];
  }

  set(key: Key, value: Value): VersionedMap<Key, Value> {
    // from an empty map on the data is made anew: that one is the beginning of many
    if (this.size === 0) return new VersionedMap(new Version(new Map([[key, value]])));
    return new VersionedMap(this.version.after(setting(key, value)));
  }

  delete(key: Key): VersionedMap<Key, Value> {
    return this.version.data.has(key) ? new VersionedMap(this.version.after(deleting(key))) : this;
  }
}

const setting =
  <Key, Value>(key: Key, value: Value): Change<Map<Key, Value>> =>
  (map) => {
    const back = map.has(key) ? setting(key, map.get(key) as Value) : deleting<Key, Value>(key);
    map.set(key, value);
    return back;
  };

const deleting =
  <Key, Value>(key: Key): Change<Map<Key, Value>> =>
  (map) => {
    const back = setting(key, map.get(key) as Value);
    map.delete(key);
    return back;
  };
