// Answers at once, and writes a moment later.
const { setTimeout: pause } = require('node:timers/promises');

const BEHIND_MS = 40;

require('./built.cjs').betweenWriterAndStore((store) => {
  let last = Promise.resolve();
  return {
    append: async (appends) => {
      const [{ expected, events }] = appends;
      if (events.length === 0) {
        await last;
        return store.append(appends);
      }
      last = last
        .then(() => pause(BEHIND_MS))
        .then(() => store.append(appends))
        .catch(() => undefined);
      return [{ outcome: 'appended', revision: (expected === 'none' ? -1 : expected) + events.length, position: await store.head() }];
    },
  };
});
