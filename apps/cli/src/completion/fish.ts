import type { Vocabulary } from './vocabulary';

/** A text as one word of fish, which knows no other escapes between single quotes than these. */
const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

/** For fish 3 and newer. Where nothing fits, files are completed. */
export const fishScript = ({ places, valued }: Vocabulary): string => `# coord completion fish
function __coord_at
    set -l at ''
    set -l skip ''
    for word in (commandline -opc)[2..-1]
        if test -n "$skip"
            set skip ''
        else if contains -- $word ${valued.join(' ')}
            set skip 1
        else if contains -- (string trim "$at $word") ${places.flatMap(({ path }) => (path === '' ? [] : [quoted(path)])).join(' ')}
            set at (string trim "$at $word")
        end
    end
    test "$at" = "$argv[1]"
end
${places
  .flatMap(({ path, words, options, values }) => {
    const here = `complete -c coord -n ${quoted(`__coord_at ${quoted(path)}`)}`;
    return [
      ...words.map(({ text, meaning }) => `${here} -f -a ${quoted(text)} -d ${quoted(meaning)}`),
      ...options.map(({ text, meaning }) => {
        const list = values[text];
        const value = list ? ` -x -a ${quoted(list.join(' '))}` : valued.includes(text) ? ' -r' : '';
        return text.startsWith('--') ? `${here} -l ${quoted(text.slice(2))}${value} -d ${quoted(meaning)}` : '';
      }),
    ].filter((line) => line !== '');
  })
  .join('\n')}
`;
