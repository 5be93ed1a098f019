// Decides on the state that it has cached, and appends whatever others have written since.
require('./built.cjs').betweenWriterAndStore((store) => ({
  append: (appends) => store.append(appends.map((append) => ({ ...append, expected: 'any' }))),
}));
