// Loaded into a process before all else: it is killed at the step that KILL_AT counts to, in the middle of writing where that step writes.
const fs = require('node:fs');
const http = require('node:http');

const last = Number(process.env.KILL_AT);
let steps = 0;
const isLast = () => {
  steps += 1;
  return steps === last;
};
const die = () => {
  process.kill(process.pid, 'SIGKILL');
  for (;;); // until the signal is there
};

for (const name of ['renameSync', 'linkSync', 'rmSync', 'fsyncSync']) {
  const real = fs[name];
  fs[name] = (...all) => {
    if (isLast()) die();
    return real(...all);
  };
}
const write = fs.writeSync;
fs.writeSync = (file, bytes, at = 0) => {
  if (isLast()) {
    write(file, bytes, at, Math.floor((bytes.length - at) / 2));
    die();
  }
  return write(file, bytes, at);
};
// a request that has gone out, and whose answer nobody sees
const request = http.request;
http.request = (url, options, ...rest) => {
  const sent = request(url, options, ...rest);
  if (options.method !== 'GET' && isLast()) sent.prependListener('response', die);
  return sent;
};
