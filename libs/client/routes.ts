import type { Answer } from './exchange';
import type { paths } from './protocol';

type Method = 'get' | 'put' | 'post' | 'patch' | 'delete';
type PathsWith<M extends Method> = { [Path in keyof paths]: paths[Path] extends Record<M, { responses: unknown }> ? Path : never }[keyof paths];

type Params<Route> = Route extends { parameters: infer Parameters }
  ? Parameters extends { path: object } | { query: object }
    ? { params: Parameters }
    : { params?: Parameters }
  : never;
type Body<Route> = Route extends { requestBody?: never }
  ? { body?: undefined }
  : Route extends { requestBody: { content: infer Content } }
    ? { body: Content[keyof Content] }
    : Route extends { requestBody?: { content: infer Content } }
      ? { body?: Content[keyof Content] }
      : never;
type Content<Response> = Response extends { content: infer Media } ? Media[keyof Media] : undefined;
type Data<Route> = Route extends { responses: infer Responses } ? Content<Responses[keyof Responses]> : never;

export interface CallOptions {
  headers?: Readonly<Record<string, string>>;
  signal?: AbortSignal;
}

/** What was answered: `data` for a success, `error` (a problem document, or text of whatever is in between) for a refusal. */
export type Answered<Data> = { data: Data; error?: undefined; response: Answer } | { data?: undefined; error: unknown; response: Answer };

type Init<Route> = Params<Route> & Body<Route> & CallOptions;
type Arguments<Init> = Partial<Init> extends Init ? [init?: Init] : [init: Init];

/** Calls of one HTTP method: the path as the OpenAPI document writes it, then its parameters and its body. */
export type Calls<M extends Method> = <Path extends PathsWith<M>>(
  path: Path,
  ...init: Arguments<Init<paths[Path][M]>>
) => Promise<Answered<Data<paths[Path][M]>>>;

/** What all of them are at run time. */
export interface AnyInit extends CallOptions {
  params?: { path?: object; query?: object; header?: object };
  body?: unknown;
}

/** The address of a call: path parameters encoded, a list in the query repeated, what is undefined or null left out. */
export function addressOf(base: string, path: string, { path: names = {}, query = {} }: AnyInit['params'] = {}): string {
  const inPath = new Map(Object.entries(names));
  const address = path.replace(/\{([^}]+)\}/g, (_, name: string) => encodeURIComponent(String(inPath.get(name))));
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined && one !== null) asked.append(name, String(one));
  return `${base}${address}${asked.size > 0 ? `?${asked}` : ''}`;
}
