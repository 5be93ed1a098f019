import type { Command } from 'commander';
import { EXIT } from '../failure';
import { withHelp } from '../help';
import type { Colors } from '../output/output';
import { plainLine } from '../output/plain-text';
import type { Register } from '../register';
import type { Check } from './check';
import { checkEnforcement } from './check-enforcement';
import { checkEngine } from './check-engine';
import { checkQueue } from './check-queue';
import { checkSettings } from './check-settings';

export const register: Register = (program, context) => {
  withHelp(
    program
      .command('doctor')
      .description('Check that Coord can be used here: settings, engine, clock, queue, hooks; says what to do')
      .action(async (_options: object, command: Command) => {
        const { flags, output } = context(command);
        const { checks: ofSettings, settings } = checkSettings(flags);
        const ofEngine = settings === null ? [] : await checkEngine(settings.url);
        const checks = [...ofSettings, ...ofEngine, ...checkQueue(), ...checkEnforcement()];
        output.result({ checks }, ({ checks: found }, colors) => checksText(found, colors));
        if (checks.some(({ state }) => state === 'bad')) process.exitCode = EXIT.failed;
      }),
    { examples: ['coord doctor'], exits: { 1: 'something is bad' } },
  );
};

/** A line for each check, and below it what to do. */
export function checksText(checks: readonly Check[], { green, yellow, red, dim }: Colors): string {
  const colored = { ok: green, warn: yellow, bad: red };
  return checks
    .flatMap(({ name, state, found, advice }) => [
      `${colored[state](state.padEnd(4))}  ${name.padEnd(11)}  ${plainLine(found)}`,
      ...(advice === null ? [] : [dim(`                     ${plainLine(advice)}`)]),
    ])
    .join('\n');
}
