import type { Component } from '@coord/client/index';
import type { Colors } from '../output/output';
import { relativeTime } from '../output/relative-time';
import { cell, table } from '../output/table';

type Paint = 'green' | 'yellow' | 'red';
const PAINTS: ReadonlyMap<string, Paint> = new Map([
  ['built', 'green'],
  ['deployed', 'green'],
  ['building', 'yellow'],
  ['deploying', 'yellow'],
  ['degraded', 'red'],
]);

/** A state; those of the convention in their colours. */
export function stateText({ state }: Component, colors: Colors): string {
  const paint = PAINTS.get(state);
  return paint ? colors[paint](state) : cell(state, 30);
}

/** Components as a table. */
export function componentsText(components: readonly Component[], colors: Colors, now = Date.now()): string {
  if (components.length === 0) return 'No components.';
  const rows = components.map((component) => [
    cell(component.project_key, 20),
    colors.bold(cell(component.component, 30)),
    stateText(component, colors),
    cell(component.version ?? '', 20),
    cell(component.updated_by, 30),
    relativeTime(component.updated_at, now),
    cell(component.notes ?? ''),
  ]);
  return table(['PROJECT', 'COMPONENT', 'STATE', 'VERSION', 'BY', 'WHEN', 'NOTES'], rows, { styled: true });
}
