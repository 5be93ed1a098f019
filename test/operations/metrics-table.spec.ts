import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Metrics } from '../../apps/api/src/service/metrics';

const GUIDE = readFileSync(join(__dirname, '../../docs/operations.md'), 'utf8');
const rows = GUIDE.split('\n').filter((line) => /^\| `(coord|process|nodejs)_/.test(line));
/** The names of the first column, without labels. */
const documented = rows.flatMap((row) => [...(row.split(' | ')[0] ?? '').matchAll(/`([a-z0-9_]+\*?)(?:\{[^}]*\})?`/g)].map(([, name]) => name ?? ''));
const covers = (name: string, metric: string): boolean => (name.endsWith('*') ? metric.startsWith(name.slice(0, -1)) : name === metric);

async function metrics(): Promise<string[]> {
  return [...(await new Metrics().text()).matchAll(/^# TYPE (\S+) /gm)].map(([, name]) => name ?? '');
}

test('the guide tells of every metric, and of none that there is not', async () => {
  const given = await metrics();
  expect(given.filter((metric) => !documented.some((name) => covers(name, metric)))).toEqual([]);
  expect(documented.filter((name) => name.startsWith('coord_') && !given.includes(name))).toEqual([]);
});

test('it says for each what is worth an alarm', () => {
  expect(rows.filter((row) => (row.split(' | ')[2] ?? '').replace(/\W/g, '').length < 4)).toEqual([]);
});
