import type { Diff } from '@coord/client/index';
import type { Colors } from '../output/output';
import { plainLine } from '../output/plain-text';
import { relativeTime } from '../output/relative-time';
import { shortId } from '../short-id';
import { gistOf } from './event-text';

type ComponentChange = Diff['components'][number];

const versioned = ({ state, version }: { state?: string; version?: string | null } = {}): string =>
  [state, version].filter(Boolean).join(' ') || 'nothing';

const componentText = ({ component, from, to }: ComponentChange): string =>
  plainLine(`${component}: ${from ? `${versioned(from)} -> ` : ''}${versioned(to)} (${to.updated_by ?? ''})`);

/** A name as it is, of an id its end. */
const nameOf = (id: string): string => (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id) ? shortId(id) : id);

/** What changed, by what it happened to. */
export function diffText({ from, to, events, truncated, locks, components, others }: Diff, { bold, dim }: Colors): string {
  if (events === 0) return 'Nothing changed.';
  const section = (name: string, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : ['', bold(plainLine(name)), ...lines.map((line) => `  ${line}`)];
  const happenings = Object.entries(locks).flatMap(([word, list]) =>
    list.map(({ at, actor, data }) => `${plainLine(word)} ${gistOf(data)} ${dim(`by ${plainLine(actor ?? 'engine')} ${relativeTime(at)}`)}`),
  );
  const changed = Object.entries(others).flatMap(([name, changes]) =>
    section(
      name,
      changes.map(
        ({ id, types, to: last }) =>
          `${plainLine([nameOf(id), gistOf(last.data)].filter(Boolean).join(': '))} ${dim(`${plainLine(types.join(', '))} ${relativeTime(last.at)}`)}`,
      ),
    ),
  );
  return [
    `${events} events after ${from} up to ${to}${truncated ? `; there are more: coord diff ${to}` : ''}`,
    ...section('locks', happenings),
    ...section('components', components.map(componentText)),
    ...changed,
  ].join('\n');
}
