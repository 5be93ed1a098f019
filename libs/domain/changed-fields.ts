/** Those of `wanted` that differ from what `current` has. Undefined wants nothing; lists are compared item by item. */
export function changedFields<Wanted extends object>(current: Readonly<Required<Wanted>>, wanted: Wanted): Partial<Wanted> {
  const names = Object.keys(wanted) as (keyof Wanted)[];
  const changed = names.filter((name) => wanted[name] !== undefined && !isSame(current[name], wanted[name]));
  return Object.fromEntries(changed.map((name) => [name, wanted[name]])) as Partial<Wanted>;
}

const isSame = (a: unknown, b: unknown): boolean =>
  Array.isArray(a) && Array.isArray(b) ? a.length === b.length && a.every((item, i) => item === b[i]) : a === b;
