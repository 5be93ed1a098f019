type Json = unknown;

const isObject = (value: Json): value is Record<string, Json> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What stands once among the schemas of the document and is referred to from everywhere: its title is one word. */
const isNamed = ({ title, type, properties }: Record<string, Json>): boolean =>
  typeof title === 'string' && /^[A-Z]\w*$/.test(title) && type === 'object' && isObject(properties);

/**
 * Moves every schema with a title (`named`, in ../http/schema) out of `value` and into `schemas`, and leaves a `$ref` in its place.
 * The document stays small, and a client that is generated from it gets one type for one thing. Examples are left as they are.
 */
export function liftNamed(value: Json, schemas: Record<string, Json>): Json {
  if (Array.isArray(value)) return value.map((one) => liftNamed(one, schemas));
  if (!isObject(value)) return value;
  const lifted = Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, name === 'example' || name === 'examples' ? member : liftNamed(member, schemas)]),
  );
  if (!isNamed(value)) return lifted;
  const name = String(value.title);
  schemas[name] = lifted;
  return { $ref: `#/components/schemas/${name}` };
}
