import { primeText } from './prime-text';

const settings = { session_id: 'HOME/claude-main', project_key: 'shop', url: 'http://127.0.0.1:8001' };
const bytes = (text: string): number => Buffer.byteLength(text);

test('it is shorter than 2 KB, whatever things are called', () => {
  expect(bytes(primeText(settings))).toBeLessThan(2_048);
  for (const name of ['名'.repeat(200), '😀'.repeat(200), '\u001b'.repeat(200)])
    for (const project_key of [name, null]) expect(bytes(primeText({ session_id: name, project_key, url: name }))).toBeLessThan(2_048);
});

test('it names the session, the project and the engine, and the commands for them', () => {
  const text = primeText(settings);
  for (const part of ['HOME/claude-main', 'Project: shop.', 'http://127.0.0.1:8001', 'coord lock claim shop <path>']) expect(text).toContain(part);
});

test('without a project it says how to set one', () => {
  expect(primeText({ ...settings, project_key: null })).toContain('.coord.json');
});

test('names that would do something to a terminal are shown as what they are', () => {
  expect(primeText({ ...settings, session_id: 'A\u001b[31m' })).toContain('A\\x1b[31m');
});
