// The import table of the architecture as rules: commands decide, the log remembers, projections answer. An arrow against it is a defect.

const TESTS = '(^test/|^bench/|\\.spec\\.ts$|/testing/|/contract/)';
const PARTS = '^(apps|libs|projections)/';
/** Of a part's folder, what other parts may name. The domain's folders are concepts, each with a face of its own. */
const FACES = '^(libs/[^/]+/index|libs/domain/(decider|problem|[^/]+/index)|projections/[^/]+/index)\\.ts$';

/** `part` imports of our own code only itself and what `allowed` names. */
const knowsOnly = (name, comment, part, ...allowed) => ({
  name,
  comment,
  severity: 'error',
  from: { path: part, pathNot: TESTS },
  to: { path: PARTS, pathNot: [part, ...allowed] },
});

module.exports = {
  forbidden: [
    knowsOnly('domain', 'Rules are pure: the domain knows nothing else of ours.', '^libs/domain/'),
    {
      name: 'domain-is-pure',
      comment: 'The domain does no I/O and knows no framework: of packages only persistent collections, and nothing of Node.',
      severity: 'error',
      from: { path: '^libs/domain/', pathNot: TESTS },
      to: { path: '.', pathNot: ['^libs/domain/', '^node_modules/immutable/'] },
    },
    knowsOnly('event-store', 'The log knows no concept: only the packages of its drivers.', '^libs/event-store/'),
    knowsOnly('embedded-server', 'The embedded Postgres serves whoever starts it and knows nothing else of ours.', '^libs/embedded-server/'),
    knowsOnly('client', 'It knows the engine by its OpenAPI document alone.', '^libs/client/'),
    knowsOnly('cli', 'The command is a client like any other.', '^apps/cli/', '^libs/client/'),
    knowsOnly('command-runner', 'It runs any decider on any store.', '^libs/command-runner/', '^libs/event-store/', '^libs/domain/'),
    knowsOnly('projection-runner', 'It feeds any projection from any store.', '^libs/projection-runner/', '^libs/event-store/'),
    {
      name: 'projections',
      comment: 'A read model knows the events that it is made of, what runs it, and no other read model.',
      severity: 'error',
      from: { path: '^projections/([^/]+)/', pathNot: [TESTS, '^projections/board/'] },
      to: { path: PARTS, pathNot: ['^projections/$1/', '^libs/domain/', '^libs/projection-runner/'] },
    },
    knowsOnly('board', 'The board is the others at a moment.', '^projections/board/', '^projections/', '^libs/domain/', '^libs/projection-runner/'),
    {
      name: 'no-framework-below-the-app',
      comment: 'Nest and HTTP are the business of apps/ alone.',
      severity: 'error',
      from: { path: '^(libs|projections)/' },
      to: { path: '^node_modules/(@nestjs/|fastify/|class-validator/|class-transformer/)' },
    },
    {
      name: 'apps-are-the-top',
      comment: 'Nothing below imports from an application, and no application from another.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/', pathNot: TESTS },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'through-the-index',
      comment: "A part's public face is its index.ts; what lies behind it may change.",
      severity: 'error',
      from: { path: '^(apps|libs|projections)/([^/]+)/', pathNot: TESTS },
      to: { path: PARTS, pathNot: ['^$1/$2/', FACES] },
    },
    {
      name: 'no-tests-in-the-product',
      severity: 'error',
      from: { path: PARTS, pathNot: TESTS },
      to: { path: TESTS },
    },
    {
      name: 'no-circles',
      comment: 'Files that need each other are one file, or one of them holds something that belongs elsewhere.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-dev-dependencies-in-the-product',
      comment: 'The image is built with --omit=dev.',
      severity: 'error',
      from: { path: PARTS, pathNot: TESTS },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only', 'npm'], pathNot: '^node_modules/@types/' },
    },
    {
      name: 'no-undeclared-packages',
      comment: 'What is imported stands in package.json: npm may place what others bring anywhere.',
      severity: 'error',
      from: { path: '^(apps|libs|projections|test|bench|scripts)/' },
      // Jest's own environment comes with Jest.
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'], pathNot: '^node_modules/jest-environment-node/' },
    },
    { name: 'not-found', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: '^node_modules/' },
    exclude: { path: '^dist/' },
    // What is imported for its types counts, too.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['require', 'node', 'import', 'default', 'types'] },
  },
};
