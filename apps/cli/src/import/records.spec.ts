import { recordsIn } from './records';

test.each([
  ['one object', '{"a": 1}', [{ a: 1 }], 0],
  ['a byte order mark', '\ufeff{"a": 1}', [{ a: 1 }], 0],
  ['objects behind each other', '{"a": 1}\n{"a": "}{"},{"a": 3}', [{ a: 1 }, { a: '}{' }, { a: 3 }], 0],
  ['a list', '[{"a": 1}, {"a": 2}]', [{ a: 1 }, { a: 2 }], 0],
  ['text behind the object', '{"a": "\\"x"}\nEOF {not json}', [{ a: '"x' }], 1],
  ['a second object that is torn', '{"a": 1}{"b": ', [{ a: 1 }], 1],
  ['what is no object in a list', '[{"a": 1}, 2]', [{ a: 1 }], 1],
])('%s is read', (_, text, records, notes) => {
  const content = recordsIn(text);
  expect(content).toMatchObject({ records });
  expect('notes' in content && content.notes).toHaveLength(notes);
});

test.each([
  ['', 'empty'],
  [' \n', 'empty'],
  ['{"a": ', 'no-json'],
  ['hello', 'no-json'],
  ['<<<<<<< HEAD\n{}\n=======\n', 'no-json'],
  ['"text"', 'no-object'],
  ['[1, 2]', 'no-object'],
])('%p holds no record: %s', (text, reason) => {
  expect(recordsIn(text)).toMatchObject({ reason });
});
