#!/usr/bin/env node
const words = process.argv.slice(2);
// A hook runs before every edit of an agent, and has no time to load what the other commands need.
if (words[0] === 'hook' && !words.includes('--help')) (require('./hook/hook') as typeof import('./hook/hook')).hook(words.slice(1));
else void (require('./command-line') as typeof import('./command-line')).run(words);
