import { advance, BELOW, isEndReached, literal, type Positions, segmentsOf, startOf } from './positions';
import type { PlainPath, Resource } from './resource';
import type { Segment } from './resource-segment';
import { emptyTree, has, isEmpty, literalNamesOf, type Node, put, type Tree, take } from './resource-tree';
import { type Change, Version } from './version';

/**
 * Which of many resources overlap a given one, without comparing it with all. `add` and `remove` give a new index at the cost of
 * one path, and the old one stays as it was (see `Version`).
 *
 * A search reads its way down the tree of names from the root and turns back where nothing that it looks for can begin like that: a plain
 * path meets those on its way and those below it, and nothing else.
 */
export class ResourceIndex<Id extends string = string> {
  private constructor(private readonly version: Version<Tree<Id>>) {}

  static empty<Id extends string = string>(): ResourceIndex<Id> {
    return new ResourceIndex<Id>(new Version(emptyTree()));
  }

  /** Whether it holds anything, also a name that leads nowhere. */
  get isEmpty(): boolean {
    return isEmpty(this.version.data);
  }

  /** The index with `resource` under `id` as well. An id stands for one resource; many ids may stand for the same. */
  add(resource: Resource, id: Id): ResourceIndex<Id> {
    if (has(this.version.data, resource, id)) return this;
    // from an empty index on the tree is made anew: that one is the beginning of many
    const version = this.isEmpty ? new Version(emptyTree<Id>()) : this.version;
    return new ResourceIndex(version.after(adding(resource, id)));
  }

  /** The index without `id`, which was added with an equal `resource`; removing what is not there changes nothing. */
  remove(resource: Resource, id: Id): ResourceIndex<Id> {
    return has(this.version.data, resource, id) ? new ResourceIndex(this.version.after(removing(resource, id))) : this;
  }

  /** The ids of all resources that overlap `resource`, each once, in no particular order. */
  overlapping(resource: Resource): Id[] {
    const { root, keys } = this.version.data;
    if (resource.kind === 'opaque') return [...(keys.get(resource.text) ?? [])];
    return resource.kind === 'plain' ? onTheWay(root, resource) : reached(root, segmentsOf(resource));
  }
}

const adding =
  <Id>(resource: Resource, id: Id): Change<Tree<Id>> =>
  (tree) => {
    put(tree, resource, id);
    return removing(resource, id);
  };

const removing =
  <Id>(resource: Resource, id: Id): Change<Tree<Id>> =>
  (tree) => {
    take(tree, resource, id);
    return adding(resource, id);
  };

/** What a plain path meets: on its way down, and everything below. By far the most frequent question, so it reads names, not positions. */
function onTheWay<Id>(root: Node<Id>, path: PlainPath): Id[] {
  const found: Id[] = [];
  const { length } = path.segments;
  let node: Node<Id> | undefined = root;
  for (const [depth, name] of path.segments.entries()) {
    if (node.resources) meet(found, node.resources, path, [depth]);
    node = node.below?.get(name);
    if (!node) return found;
  }
  // at the `**` that a path ends with, and behind it
  const below: Positions = [length, length + 1];
  const pending = [node];
  for (let next = pending.pop(); next; next = pending.pop()) {
    if (next.resources) meet(found, next.resources, path, below);
    for (const child of next.below?.values() ?? []) pending.push(child);
  }
  return found;
}

function meet<Id>(found: Id[], resources: ReadonlyMap<Id, readonly Segment[]>, path: PlainPath, positions: Positions): void {
  for (const [id, rest] of resources) if (rest === BELOW || isEndReached(segmentsOf(path), positions, rest)) found.push(id);
}

/** What a sequence of segments meets. */
function reached<Id>(root: Node<Id>, segments: readonly Segment[]): Id[] {
  const found: Id[] = [];
  const pending = [{ node: root, positions: startOf(segments) }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { node, positions } = next;
    for (const [id, rest] of node.resources ?? []) if (isEndReached(segments, positions, rest)) found.push(id);
    for (const [name, child] of worthReading(node, segments, positions)) {
      const onward = advance(segments, positions, literal(name));
      if (onward.length > 0) pending.push({ node: child, positions: onward });
    }
  }
  return found;
}

/** The nodes below that `segments` may go on with. Until the first `**` there is one position, and after it always more than one. */
const worthReading = <Id>({ below }: Node<Id>, segments: readonly Segment[], positions: Positions): Iterable<[string, Node<Id>]> => {
  if (!below) return [];
  const [only = segments.length, another] = positions;
  const segment = segments[only];
  if (another === undefined && !segment) return [];
  if (another !== undefined || segment?.kind !== 'literal') return below;
  const child = below.get(segment.text);
  return child ? [[segment.text, child]] : [];
};

/**
 * The literal names that a resource begins with, joined by `/` (`''` if there are none; a key as a whole). Two resources can only overlap if
 * one's prefix equals the other's or is a path above it (`''` is above all), so a store may look for candidates by it.
 */
export const literalPrefixOf = (resource: Resource): string => (resource.kind === 'opaque' ? resource.text : literalNamesOf(resource).join('/'));
