import { overlaps, parseResource } from '@coord/domain/lock/index';
import type { Hold } from './record';

/** By the clients' own watches: while one was sure to hold a resource, no other one was. */
export function checkHolds(holds: readonly Hold[]): string[] {
  const broken: string[] = [];
  let open: Hold[] = [];
  for (const hold of holds.filter(({ from, until }) => until > from).toSorted((a, b) => a.from - b.from)) {
    open = open.filter(({ until }) => until > hold.from);
    const rival = open.find((other) => conflicts(hold, other));
    if (rival)
      broken.push(`${hold.session} held ${hold.resource} (${hold.lock_id}) while ${rival.session} held ${rival.resource} (${rival.lock_id}).`);
    open.push(hold);
  }
  return broken;
}

function conflicts(one: Hold, other: Hold): boolean {
  if (one.session === other.session || one.project !== other.project) return false;
  if (one.mode !== 'exclusive' && other.mode !== 'exclusive') return false;
  const [a, b] = [parseResource(one.resource), parseResource(other.resource)];
  return !('invalid' in a) && !('invalid' in b) && overlaps(a, b);
}
