import { quoted } from './quoted';
import type { Vocabulary, Word } from './vocabulary';

/** As `_describe` wants them: a colon stands between a word and its meaning. */
const described = (words: readonly Word[]): string => words.map(({ text, meaning }) => quoted(`${text.replaceAll(':', '\\:')}:${meaning}`)).join(' ');

/** For zsh, from a folder of `fpath` or sourced. Where nothing fits, files are completed. */
export const zshScript = ({ places, valued }: Vocabulary): string => `#compdef coord
# coord completion zsh
_coord() {
  local at='' skip='' word prev=\${words[CURRENT-1]} i
  local -a found values
  for ((i = 2; i < CURRENT; i++)); do
    word=\${words[i]}
    if [[ -n $skip ]]; then skip=''; continue; fi
    case " ${valued.join(' ')} " in *" $word "*) skip=1; continue ;; esac
    case "\${at:+$at }$word" in
      ${places.flatMap(({ path }) => (path === '' ? [] : [quoted(path)])).join('|')}) at="\${at:+$at }$word" ;;
    esac
  done
  case "$at $prev" in
${places.flatMap(({ path, values }) => Object.entries(values).map(([option, list]) => `    ${quoted(`${path} ${option}`)}) values=(${list.map(quoted).join(' ')}) ;;`)).join('\n')}
  esac
  if (( \${#values} )); then compadd -a values; return; fi
  if [[ -n $skip ]]; then _files; return; fi
  case "$at" in
${places.map(({ path, words, options }) => `    ${quoted(path)}) if [[ \${words[CURRENT]} == -* ]]; then found=(${described(options)}); else found=(${described(words)}); fi ;;`).join('\n')}
  esac
  if (( \${#found} )); then _describe coord found; else _files; fi
}
if [[ \${funcstack[1]} == _coord ]]; then _coord "$@"; else compdef _coord coord; fi
`;
