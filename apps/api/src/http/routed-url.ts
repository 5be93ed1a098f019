import { API_PREFIX } from './coord-position.hook';

/**
 * The URL of a request as the routes know it, to be Fastify's `rewriteUrl`: without the host, which a proxy may send with it
 * (RFC 9112, 3.2.2), and below the prefix of the API without a slash at the end of the path.
 */
export function routedUrl({ url = '/' }: { url?: string }): string {
  const origin = url.startsWith('/') ? url : withoutHost(url);
  if (!origin.startsWith(API_PREFIX)) return origin;
  const query = origin.indexOf('?');
  const last = (query === -1 ? origin.length : query) - 1;
  return origin[last] === '/' ? origin.slice(0, last) + origin.slice(last + 1) : origin;
}

function withoutHost(url: string): string {
  const rest = url.replace(/^https?:\/\/[^/?]*/i, '');
  return rest === url || rest.startsWith('/') ? rest : `/${rest}`;
}
