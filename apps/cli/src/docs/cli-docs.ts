import type { Argument, Command, Option } from 'commander';
import { GROUPS } from '../groups';
import { helpOf } from '../help';
import { commandsBelow, leavesOf, pathOf } from './commands-in';

/** The page `docs/cli.md`, made from the program. */
export function cliDocs(program: Command): string {
  const groups = commandsBelow(program);
  return `${introduction(program)}
${groups.map((group) => `- [\`coord ${group.name()}\`](#coord-${group.name()}): ${summaryOf(group)}`).join('\n')}

${groups.map(groupSection).join('\n\n')}
`;
}

const introduction = (program: Command): string => `# The command

Every command of \`coord\`, made from the program itself; after a change of it: \`npm run -s docs:cli > docs/cli.md\`.
How to install it stands in the [README](../README.md#the-command).

## What holds for all of them

On a terminal the answer is text, in a pipe it is JSON: \`{"schema_version": 1, "data": …}\`. Errors go to standard error and say what to do.
These options stand anywhere on the line:

${optionsTable(program.options)}

Settings come from the first of these that names them: the options, \`COORD_*\`, \`.coord.json\` here or above, \`identity.json\`
(\`COORD_IDENTITY\`, \`.claude/identity.json\`), \`~/.config/coord/config.json\`. \`coord doctor\` shows what was found where.

| exit code | meaning |
|---|---|
| 0 | done |
| 1 | failed; the engine refused, or could not be reached by what can't be queued |
| 2 | usage: the command line or a value is wrong |
| 3 | lock conflict: another session holds it, or the lock has ended |
| 4 | not allowed |
| 5 | not found |
| 75 | the engine is away and the write is queued; it is sent later, in order |

## The commands
`;

const summaryOf = (command: Command): string => GROUPS[command.name()]?.summary ?? command.description();

/** A group with its commands; of one that is a command itself, that alone. */
function groupSection(group: Command): string {
  const leaves = leavesOf(group);
  if (leaves.length === 1 && leaves[0] === group) return `## \`coord ${group.name()}\`\n\n${commandText(group)}`;
  return [
    `## \`coord ${group.name()}\`\n\n${sentence(group.description())}`,
    ...leaves.map((leaf) => `### \`coord ${pathOf(leaf)}\`\n\n${commandText(leaf)}`),
  ].join('\n\n');
}

function commandText(command: Command): string {
  const { help: { examples = [], exits = {} } = {}, rest } = helpOf(command);
  const { registeredArguments: args } = command;
  const options = command
    .createHelp()
    .visibleOptions(command)
    .filter(({ long }) => long !== '--help');
  return [
    sentence(command.description()),
    fenced(usageOf(command)),
    ...(args.length > 0 && args.some(isTelling) ? [argumentsTable(args)] : []),
    ...(options.length > 0 ? [optionsTable(options)] : []),
    ...(Object.keys(exits).length > 0
      ? [
          `Exit codes of its own: ${Object.entries(exits)
            .map(([code, meaning]) => `${code}, ${meaning}`)
            .join('; ')}.`,
        ]
      : []),
    ...(rest === '' ? [] : [prose(rest)]),
    ...(examples.length > 0 ? [fenced(examples.join('\n'), 'sh')] : []),
  ].join('\n\n');
}

const usageOf = (command: Command): string => `coord ${pathOf(command)} ${command.usage()}`.trim();
const fenced = (text: string, language = ''): string => `\`\`\`${language}\n${text}\n\`\`\``;
/** What Markdown would take for HTML. */
const prose = (text: string): string => text.replaceAll('<', '\\<');
const sentence = (text: string): string => prose(/[.!?…]$/.test(text) ? text : `${text}.`);
const inTable = (text: string): string => prose(text).replaceAll('|', '\\|');

const isTelling = ({ description, argChoices }: Argument): boolean => description !== '' || argChoices !== undefined;

const choices = (of: readonly string[] | undefined): string[] => (of === undefined ? [] : [of.map((choice) => `\`${choice}\``).join(', ')]);
const fallback = (value: unknown): string[] => (value === undefined || value === false ? [] : [`default \`${String(value)}\``]);

function argumentsTable(args: readonly Argument[]): string {
  const rows = args.map(
    (arg) =>
      `| \`${arg.name()}\` | ${inTable([arg.description, ...choices(arg.argChoices), ...fallback(arg.defaultValue)].filter(Boolean).join('; '))} |`,
  );
  return ['| argument | meaning |', '|---|---|', ...rows].join('\n');
}

function optionsTable(options: readonly Option[]): string {
  const rows = options.map(
    (option) =>
      `| \`${option.flags.replaceAll('|', '\\|')}\` | ${inTable([option.description, ...choices(option.argChoices), ...fallback(option.defaultValue)].filter(Boolean).join('; '))} |`,
  );
  return ['| option | meaning |', '|---|---|', ...rows].join('\n');
}
