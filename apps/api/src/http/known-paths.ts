import type { FastifyInstance } from 'fastify';

/** What may have been meant by a method and a path that there is no route for. */
export interface Meant {
  /** That the path takes. */
  methods: string[];
  /** With its slashes inside an id, the path would be one. */
  slashInId: boolean;
}

declare module 'fastify' {
  interface FastifyInstance {
    meantBy(path: string): Meant;
  }
}

const isParameter = (segment: string): boolean => segment.startsWith(':');

const isPath = (route: readonly string[], path: readonly string[]): boolean =>
  route.length === path.length && route.every((segment, at) => (isParameter(segment) ? path[at] !== '' : segment === path[at]));

/** Whether the path has more segments than the route only between the first of its parameters and the last. */
function hasSlashInId(route: readonly string[], path: readonly string[]): boolean {
  const [first, last] = [route.findIndex(isParameter), route.findLastIndex(isParameter)];
  const tail = route.slice(last + 1);
  return (
    first !== -1 &&
    path.length > route.length &&
    isPath(route.slice(0, first), path.slice(0, first)) &&
    isPath(tail, path.slice(path.length - tail.length))
  );
}

/** Takes note of the routes; to be called before there are any. */
export function installKnownPaths(fastify: FastifyInstance): void {
  const routes: { method: string; segments: string[] }[] = [];
  fastify.addHook('onRoute', ({ method, url }) => {
    for (const each of [method].flat()) if (each !== 'HEAD') routes.push({ method: each, segments: url.split('/') });
  });
  fastify.decorate('meantBy', (path: string): Meant => {
    const asked = path.split('/');
    const methods = routes.filter(({ segments }) => isPath(segments, asked)).map(({ method }) => method);
    return { methods, slashInId: methods.length === 0 && routes.some(({ segments }) => hasSlashInId(segments, asked)) };
  });
}
