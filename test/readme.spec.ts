import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { settings } from '../apps/api/src/configuration';

const README = readFileSync(join(__dirname, '../README.md'), 'utf8');

it('the README has the table of all settings, as the engine reads them', () => {
  const rows = settings.map(
    (setting) => `| \`${setting.name}\` | ${setting.default === null ? '' : `\`${setting.default}\``} | ${setting.meaning} |`,
  );
  expect(README.split('\n').filter((line) => /^\| `[A-Z_]+` \|/.test(line))).toEqual(rows);
});
