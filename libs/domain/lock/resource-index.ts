import { Map as PersistentMap, Set as PersistentSet } from 'immutable';
import { advance, BELOW, isEndReached, literal, type Positions, segmentsOf, startOf } from './positions';
import type { Resource } from './resource';
import type { Segment } from './resource-segment';

type Path = Exclude<Resource, { kind: 'opaque' }>;

interface Node<Id> {
  /** The resources whose literal prefix ends here, each by what it goes on with. */
  readonly resources: PersistentMap<Id, readonly Segment[]>;
  readonly below: PersistentMap<string, Node<Id>>;
}

/**
 * Which of many resources overlap a given one, without comparing it with all. Immutable: `add` and `remove` give a new index at the cost of
 * one path, and the old one stays as it was.
 *
 * Paths and patterns hang in a tree of names, each where its literal prefix ends. A search reads its way down from the root and turns back
 * where nothing that it looks for can begin like that: a plain path meets those on its way and those below it, and nothing else.
 */
export class ResourceIndex<Id extends string = string> {
  private constructor(
    private readonly root: Node<Id>,
    private readonly keys: PersistentMap<string, PersistentSet<Id>>,
  ) {}

  static empty<Id extends string = string>(): ResourceIndex<Id> {
    return new ResourceIndex<Id>(emptyNode(), PersistentMap());
  }

  /** The index with `resource` under `id` as well. An id stands for one resource; many ids may stand for the same. */
  add(resource: Resource, id: Id): ResourceIndex<Id> {
    if (resource.kind === 'opaque') {
      return new ResourceIndex(
        this.root,
        this.keys.update(resource.text, PersistentSet<Id>(), (ids) => ids.add(id)),
      );
    }
    return new ResourceIndex(
      changed(this.root, literalNamesOf(resource), 0, (resources) => resources.set(id, restOf(resource))),
      this.keys,
    );
  }

  /** The index without `id`, which was added with an equal `resource`; removing what is not there changes nothing. */
  remove(resource: Resource, id: Id): ResourceIndex<Id> {
    if (resource.kind === 'opaque') {
      const left = this.keys.get(resource.text)?.delete(id);
      return new ResourceIndex(this.root, left && !left.isEmpty() ? this.keys.set(resource.text, left) : this.keys.delete(resource.text));
    }
    return new ResourceIndex(
      changed(this.root, literalNamesOf(resource), 0, (resources) => resources.delete(id)),
      this.keys,
    );
  }

  /** The ids of all resources that overlap `resource`, each once, in no particular order; found while they are asked for. */
  *overlapping(resource: Resource): Generator<Id, void, undefined> {
    if (resource.kind === 'opaque') {
      yield* this.keys.get(resource.text) ?? [];
      return;
    }
    const segments = segmentsOf(resource);
    const pending = [{ node: this.root, positions: startOf(segments) }];
    for (let next = pending.pop(); next; next = pending.pop()) {
      const { node, positions } = next;
      for (const [id, rest] of node.resources) if (isEndReached(segments, positions, rest)) yield id;
      for (const [name, child] of worthReading(node, segments, positions)) {
        const onward = advance(segments, positions, literal(name));
        if (onward.length > 0) pending.push({ node: child, positions: onward });
      }
    }
  }
}

/** The nodes below that `segments` may go on with. Until the first `**` there is one position, and after it always more than one. */
const worthReading = <Id>(node: Node<Id>, segments: readonly Segment[], positions: Positions): Iterable<[string, Node<Id>]> => {
  const [only = segments.length, another] = positions;
  const segment = segments[only];
  if (another === undefined && !segment) return [];
  if (another !== undefined || segment?.kind !== 'literal') return node.below;
  const child = node.below.get(segment.text);
  return child ? [[segment.text, child]] : [];
};

/**
 * The literal names that a resource begins with, joined by `/` (`''` if there are none; a key as a whole). Two resources can only overlap if
 * one's prefix equals the other's or is a path above it (`''` is above all), so a store may look for candidates by it.
 */
export const literalPrefixOf = (resource: Resource): string => (resource.kind === 'opaque' ? resource.text : literalNamesOf(resource).join('/'));

const literalNamesOf = (resource: Path): readonly string[] => (resource.kind === 'plain' ? resource.segments : resource.literalPrefix);

const restOf = (resource: Path): readonly Segment[] => (resource.kind === 'plain' ? BELOW : resource.segments.slice(resource.literalPrefix.length));

const emptyNode = <Id>(): Node<Id> => ({ resources: PersistentMap(), below: PersistentMap() });

const changed = <Id>(
  node: Node<Id>,
  names: readonly string[],
  depth: number,
  change: (resources: PersistentMap<Id, readonly Segment[]>) => PersistentMap<Id, readonly Segment[]>,
): Node<Id> => {
  const name = names[depth];
  if (name === undefined) return { ...node, resources: change(node.resources) };
  const child = changed(node.below.get(name) ?? emptyNode<Id>(), names, depth + 1, change);
  // A node that holds nothing goes, or the tree would keep every path that ever was.
  const isEmpty = child.resources.isEmpty() && child.below.isEmpty();
  return { ...node, below: isEmpty ? node.below.delete(name) : node.below.set(name, child) };
};
