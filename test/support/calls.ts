export interface Answer<Body = Record<string, unknown>> {
  status: number;
  headers: Headers;
  body: Body;
}

export interface Call {
  body?: unknown;
  headers?: Record<string, string>;
  /** How long an answer is waited for. */
  patienceMs?: number;
}

const API = '/api/coord';

/** One request. A path that begins with `//` is one at the root. @throws when there is no answer. */
export async function call<Body = Record<string, unknown>>(url: string, method: string, path: string, how: Call = {}): Promise<Answer<Body>> {
  const { body, headers, patienceMs = 15_000 } = how;
  const where = path.startsWith('//') ? path.slice(1) : `${API}${path}`;
  const response = await fetch(`${url}${where}`, {
    method,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(patienceMs),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  return { status: response.status, headers: response.headers, body: (isJson ? JSON.parse(text) : { text }) as Body };
}

/** A list to its end, page by page. */
export async function listAll<Item>(url: string, path: string): Promise<Item[]> {
  const items: Item[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const query = `limit=500${cursor && `&cursor=${encodeURIComponent(cursor)}`}`;
    const answer: Answer<{ items: Item[]; next_cursor: string | null }> = await call(url, 'GET', `${path}${path.includes('?') ? '&' : '?'}${query}`);
    if (answer.status !== 200) throw new Error(`${path} was answered with ${answer.status}: ${JSON.stringify(answer.body)}`);
    items.push(...answer.body.items);
    cursor = answer.body.next_cursor;
  }
  return items;
}
