import { column, jsonColumn } from './columns';

it.each([
  [[1, 2.5, null, undefined, true], '{1,2.5,null,null,true}'],
  [['plain', 'null', '', 'a,b {c}'], '{"plain","null","","a,b {c}"}'],
  [['a "b" \\ c', 'two\nlines'], '{"a \\"b\\" \\\\ c","two\nlines"}'],
  [[], '{}'],
])('writes %j as an array literal', (values, literal) => {
  expect(column(values)).toBe(literal);
});

it('writes JSON values so that what the server reads is their JSON text', () => {
  const values = [{ text: 'a "b" \\ \n ä' }, [1, null], 'x'];
  const literal = jsonColumn(values);
  const read = [...literal.slice(1, -1).matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, item = '']) => item.replace(/\\(.)/g, '$1'));
  expect(read).toEqual(values.map((value) => JSON.stringify(value)));
});
