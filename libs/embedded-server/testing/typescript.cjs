// Lets a plain Node process load the TypeScript sources: a test that kills engines needs processes of its own, and those have no Jest.
const { transformFileSync } = require('@swc/core');

require.extensions['.ts'] = (module, file) => {
  const { code } = transformFileSync(file, {
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: 'commonjs', importInterop: 'node' },
    swcrc: false,
  });
  module._compile(code, file);
};
