import { quoted } from './quoted';
import type { Vocabulary } from './vocabulary';

const texts = (words: readonly { text: string }[]): string => words.map(({ text }) => text).join(' ');

/** For bash 3.2 and newer. Where nothing fits, files are completed. */
export const bashScript = ({ places, valued }: Vocabulary): string => `# coord completion bash
_coord() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} at='' skip='' word words='' i
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    if [ -n "$skip" ]; then skip=''; continue; fi
    case " ${valued.join(' ')} " in *" $word "*) skip=1; continue ;; esac
    case "\${at:+$at }$word" in
      ${places.flatMap(({ path }) => (path === '' ? [] : [quoted(path)])).join('|')}) at="\${at:+$at }$word" ;;
    esac
  done
  case "$at $prev" in
${places.flatMap(({ path, values }) => Object.entries(values).map(([option, list]) => `    ${quoted(`${path} ${option}`)}) words=${quoted(list.join(' '))} ;;`)).join('\n')}
    *) [ -n "$skip" ] && return ;;
  esac
  if [ -z "$words" ]; then
    case "$at" in
${places.map(({ path, words, options }) => `      ${quoted(path)}) case "$cur" in -*) words=${quoted(texts(options))} ;; *) words=${quoted(texts(words))} ;; esac ;;`).join('\n')}
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -o default -F _coord coord
`;
