import pc from 'picocolors';

export type Colors = ReturnType<typeof pc.createColors>;

/** Where a command says what it found: text for people on a terminal, JSON for whatever reads a pipe. */
export class Output {
  readonly colors: Colors;

  constructor(
    readonly format: 'text' | 'json',
    colored: boolean = format === 'text' && pc.isColorSupported,
  ) {
    this.colors = pc.createColors(colored);
  }

  /** What a command gives: `{"schema_version": 1, "data": …}`, or the text that `render` makes of it. */
  result<Data>(data: Data, render: (data: Data, colors: Colors) => string): void {
    const text = this.format === 'json' ? JSON.stringify({ schema_version: 1, data }) : render(data, this.colors);
    process.stdout.write(text.endsWith('\n') || text === '' ? text : `${text}\n`);
  }

  /** What a person should know beside the result; never in the way of what reads it. */
  note(text: string): void {
    process.stderr.write(`${text}\n`);
  }
}
