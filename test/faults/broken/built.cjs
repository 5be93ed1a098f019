const { join } = require('node:path');

/** A module of the compiled engine, the same that it will load itself. */
exports.built = (path) => require(join(__dirname, '../../../dist', path));

/**
 * Puts `change(store)` between every stream's writer and its store.
 * @param {(store: object) => { append: (appends: object[]) => Promise<object[]> }} change
 */
exports.betweenWriterAndStore = (change) => {
  const { StreamWriter } = exports.built('libs/command-runner/stream-writer.js');
  const { commit } = StreamWriter.prototype;
  const changed = new WeakSet();
  StreamWriter.prototype.commit = function (...all) {
    if (!changed.has(this)) {
      changed.add(this);
      const { store } = this;
      const others = Object.fromEntries(['readStream', 'loadSnapshot', 'saveSnapshot'].map((name) => [name, (...args) => store[name](...args)]));
      this.store = { epoch: 0, ...others, ...change(store) };
      this.turns = { take: async () => null, contended: () => undefined }; // in a turn the append would not be the changed one
    }
    return commit.apply(this, all);
  };
};
