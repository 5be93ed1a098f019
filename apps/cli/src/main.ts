#!/usr/bin/env node
const words = process.argv.slice(2);
// A hook runs before every edit of an agent, and has no time to load what the other commands need.
const call = words.includes('hook') ? (require('./hook/hook-call') as typeof import('./hook/hook-call')).hookCall(words) : null;
if (call !== null) (require('./hook/hook') as typeof import('./hook/hook')).hook(call.words, call.flags);
else void (require('./command-line') as typeof import('./command-line')).run(words);
