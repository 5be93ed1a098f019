const swc = (parser) => [
  '@swc/jest',
  {
    swcrc: false,
    jsc: { parser, target: 'es2022', keepClassNames: true, transform: { legacyDecorator: true, decoratorMetadata: true } },
    module: { type: 'commonjs' },
    sourceMaps: 'inline',
  },
];

const common = {
  rootDir: __dirname,
  testEnvironment: '<rootDir>/test/support/environment.ts',
  transform: {
    '\\.ts$': swc({ syntax: 'typescript', decorators: true }),
    // Nest 12 and what it brings are ES modules, which Jest's CommonJS mode can't load as they are.
    '\\.js$': swc({ syntax: 'ecmascript' }),
  },
  transformIgnorePatterns: ['/node_modules/(?!(@nestjs|cookie)/)'],
  moduleNameMapper: { '^@coord/(.*)$': '<rootDir>/libs/$1', '^@projections/(.*)$': '<rootDir>/projections/$1' },
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
};

/** Two projects, because Jest runs a project's global setup only when one of its files is selected: pure tests start no server. */
module.exports = {
  testTimeout: 20_000,
  // Many wait more than they compute: for a deadline, a lease, a database that is killed.
  maxWorkers: 3,
  projects: [
    {
      ...common,
      displayName: 'pure',
      testMatch: ['<rootDir>/**/*.spec.ts'],
      testPathIgnorePatterns: ['/node_modules/', '/dist/', '\\.(int|e2e)\\.spec\\.ts$'],
    },
    {
      ...common,
      displayName: 'database',
      testMatch: ['<rootDir>/**/*.{int,e2e}.spec.ts'],
      testPathIgnorePatterns: ['/node_modules/', '/dist/'],
      globalSetup: '<rootDir>/test/support/global-setup.ts',
      globalTeardown: '<rootDir>/test/support/global-teardown.ts',
    },
  ],
};
