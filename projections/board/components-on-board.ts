import type { ComponentState, ComponentUpdated } from '@coord/domain/component/index';
import type { RecordedEvent } from '@coord/projection-runner/index';
import type { ComponentRow } from '@projections/components/index';

type Placed = ComponentState & { position: number };

/** The state of each component, in the order of their latest changes. */
export class ComponentsOnBoard {
  readonly #components = new Map<string, Placed>();

  get size(): number {
    return this.#components.size;
  }

  apply(event: RecordedEvent): void {
    const { type, data } = event as RecordedEvent & ComponentUpdated;
    if (type === 'ComponentUpdated') this.#set({ ...data, position: event.position });
  }

  /** Latest change first. */
  rows(projectKey: string | undefined, limit: number): ComponentRow[] {
    const rows: ComponentRow[] = [];
    for (const component of [...this.#components.values()].reverse()) {
      if (rows.length === limit) break;
      if (projectKey !== undefined && component.project_key !== projectKey) continue;
      const { position, updated_at, project_key, component: name, state, version, notes, updated_by, revision } = component;
      const [at, place] = [new Date(updated_at), String(position)];
      rows.push({ project_key, component: name, state, version, notes, updated_by, updated_at: at, revision, place });
    }
    return rows;
  }

  toJson(): Placed[] {
    return [...this.#components.values()];
  }

  static fromJson(components: Placed[]): ComponentsOnBoard {
    const part = new ComponentsOnBoard();
    for (const component of components) part.#set(component);
    return part;
  }

  #set(component: Placed): void {
    const key = `${component.project_key}\n${component.component}`;
    this.#components.delete(key);
    this.#components.set(key, component);
  }
}
