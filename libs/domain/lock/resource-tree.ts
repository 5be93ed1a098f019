import { BELOW } from './positions';
import type { Resource } from './resource';
import type { Segment } from './resource-segment';

export type Path = Exclude<Resource, { kind: 'opaque' }>;

/** A name on the way of some resources. What it has none of it does not keep room for: most nodes are leaves. */
export interface Node<Id> {
  /** The resources whose literal prefix ends here, each by what it goes on with. */
  resources: Map<Id, readonly Segment[]> | undefined;
  below: Map<string, Node<Id>> | undefined;
}

/** Paths and patterns hang in a tree of names, each where its literal prefix ends; keys lie beside it. Changed in place. */
export interface Tree<Id> {
  readonly root: Node<Id>;
  readonly keys: Map<string, Set<Id>>;
}

const bareNode = <Id>(): Node<Id> => ({ resources: undefined, below: undefined });

export const emptyTree = <Id>(): Tree<Id> => ({ root: bareNode(), keys: new Map() });

export const isEmpty = <Id>({ root, keys }: Tree<Id>): boolean => keys.size === 0 && isBare(root);

/** Whether `id` was put there with this resource. */
export function has<Id>({ root, keys }: Tree<Id>, resource: Resource, id: Id): boolean {
  if (resource.kind === 'opaque') return keys.get(resource.text)?.has(id) ?? false;
  let node: Node<Id> | undefined = root;
  for (const name of literalNamesOf(resource)) node = node?.below?.get(name);
  return node?.resources?.has(id) ?? false;
}

export function put<Id>({ root, keys }: Tree<Id>, resource: Resource, id: Id): void {
  if (resource.kind === 'opaque') {
    const ids = keys.get(resource.text);
    if (ids) ids.add(id);
    else keys.set(resource.text, new Set([id]));
    return;
  }
  let node = root;
  for (const name of literalNamesOf(resource)) {
    node.below ??= new Map();
    let child = node.below.get(name);
    if (!child) {
      child = bareNode();
      node.below.set(name, child);
    }
    node = child;
  }
  node.resources ??= new Map();
  node.resources.set(id, restOf(resource));
}

/** What holds nothing any more goes with it, or the tree would keep every path that ever was. */
export function take<Id>({ root, keys }: Tree<Id>, resource: Resource, id: Id): void {
  if (resource.kind === 'opaque') {
    const ids = keys.get(resource.text);
    ids?.delete(id);
    if (ids?.size === 0) keys.delete(resource.text);
    return;
  }
  const names = literalNamesOf(resource);
  const way: Node<Id>[] = [root];
  for (const name of names) {
    const child = way.at(-1)?.below?.get(name);
    if (!child) return;
    way.push(child);
  }
  const end = way.at(-1);
  end?.resources?.delete(id);
  if (end?.resources?.size === 0) end.resources = undefined;
  for (let depth = names.length; depth > 0; depth--) {
    const [parent, node] = [way[depth - 1], way[depth]];
    if (!parent?.below || !node || !isBare(node)) return;
    parent.below.delete(names[depth - 1] as string);
    if (parent.below.size === 0) parent.below = undefined;
  }
}

const isBare = <Id>({ resources, below }: Node<Id>): boolean => resources === undefined && below === undefined;

export const literalNamesOf = (resource: Path): readonly string[] => (resource.kind === 'plain' ? resource.segments : resource.literalPrefix);

const restOf = (resource: Path): readonly Segment[] => (resource.kind === 'plain' ? BELOW : resource.segments.slice(resource.literalPrefix.length));
