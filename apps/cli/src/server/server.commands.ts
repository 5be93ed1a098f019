import type { Command } from 'commander';
import { withHelp } from '../help';
import type { Register } from '../register';
import { runEngine } from './run-engine';

interface ServerOptions {
  port?: string;
  host?: string;
  dataDir?: string;
}

export const register: Register = (program) => {
  withHelp(
    program
      .command('server')
      .description('Start the engine that came with this command, until Ctrl-C; its settings are COORD_* and DATABASE_URL')
      .option('--port <port>', 'the port to listen on (COORD_PORT, 8001); 0: a free one')
      .option('--host <address>', 'the address to listen on (COORD_HOST, 127.0.0.1)')
      .option('--data-dir <folder>', 'where its Postgres keeps the data (COORD_DATA_DIR)')
      .action(({ port, host, dataDir }: ServerOptions, _command: Command) =>
        runEngine({
          ...(port !== undefined && { COORD_PORT: port }),
          ...(host !== undefined && { COORD_HOST: host }),
          ...(dataDir !== undefined && { COORD_DATA_DIR: dataDir }),
        }),
      ),
    { examples: ['coord server', 'coord server --port 9001 --data-dir /var/lib/coord'] },
  );
};
