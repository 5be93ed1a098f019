/** A value with its keys in the order in which `jsonb` gives them back (shorter first, then by bytes), at any depth: a board of the past is the live one to the byte. */
export function asStored<Value>(value: Value): Value {
  if (Array.isArray(value)) return value.map(asStored) as Value;
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([key, member]) => ({ bytes: Buffer.from(key), key, member: asStored<unknown>(member) }));
  members.sort((a, b) => a.bytes.length - b.bytes.length || Buffer.compare(a.bytes, b.bytes));
  return Object.fromEntries(members.map(({ key, member }) => [key, member])) as Value;
}
