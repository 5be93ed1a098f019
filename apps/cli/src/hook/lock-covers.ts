import { type SegmentTest, segmentTest } from './glob-segment';

/**
 * Whether a lock on `resource` (in the normal form that the engine gives) is on a file: the rules of the protocol, "Resources", for one file
 * by its path from the root, so that a thousand files need no thousand questions to the engine. A name of a file is taken as it is, and a
 * segment that is written like the name is always that name: whoever locked `app/[id]/**` meant the folder `[id]`.
 */
export function lockCovers(resource: string): (path: string) => boolean {
  if (/^[a-z]{2,}:/i.test(resource)) return () => false;
  const segments = resource.split('/').filter((segment) => segment !== '.');
  const tests = segments.map((text) => (text === '**' ? null : segmentTest(text)));
  const isPattern = tests.some((test) => test === null || test.isGlob);
  return (path) => {
    const names = path.split('/');
    return isPattern ? matches(tests, names) : segments.every((segment, i) => segment === names[i]);
  };
}

/** `null` stands for `**`. Each name moves a set of places on, so that no pattern takes long. */
function matches(tests: readonly (SegmentTest | null)[], names: readonly string[]): boolean {
  let places = withoutGlobstars(tests, new Set([0]));
  for (const name of names) {
    const next = new Set<number>();
    for (const place of places) {
      const test = tests[place];
      if (test === null) next.add(place);
      else if (test?.matches(name)) next.add(place + 1);
    }
    places = withoutGlobstars(tests, next);
  }
  return places.has(tests.length);
}

/** `**` is also no segment at all. */
function withoutGlobstars(tests: readonly unknown[], places: Set<number>): Set<number> {
  for (const place of places) if (tests[place] === null) places.add(place + 1);
  return places;
}
