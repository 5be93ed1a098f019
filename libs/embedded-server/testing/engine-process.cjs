// An engine as far as the embedded server is concerned: starts it on the folder given, says so in one line of JSON, ends on SIGTERM at any time.
require('./typescript.cjs');

const { startEmbeddedServer } = require('../index.ts');

const [dataDir, binaries] = process.argv.slice(2);
const say = (message) => process.stdout.write(`${JSON.stringify(message)}\n`);
let stop = () => process.exit(0);

process.once('SIGTERM', () => stop());
startEmbeddedServer({ dataDir, binaries }).then(
  (server) => {
    stop = () => server.stop().then(() => process.exit(0));
    say({ url: server.url, pid: server.pid });
  },
  (error) => {
    say({ error: error.message, name: error.name });
    process.exitCode = 1;
  },
);
