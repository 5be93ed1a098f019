/** Where progress is shown: standard error, on a terminal or not. */
export type ProgressStream = Pick<NodeJS.WriteStream, 'write' | 'isTTY'>;

/** Shows how far it has come: one line that moves on a terminal, else a line for each thousand and for the end of a step. */
export function progressOn(stream: ProgressStream): (what: string, done: number, of: number) => void {
  let shown = 0;
  return (what, done, of) => {
    const ended = done === of;
    if (stream.isTTY) {
      if (!ended && Date.now() - shown < 100) return;
      shown = Date.now();
      stream.write(`\r\u001b[K${what}: ${done} of ${of}${ended ? '\n' : ''}`);
    } else if (ended || (done > 0 && done % 1_000 === 0)) stream.write(`${what}: ${done} of ${of}\n`);
  };
}
