import type { Board } from '@coord/client/index';
import type { Context } from '../context';
import { rings } from '../doorbell';
import { untilInterrupted } from '../interrupt';
import { onTerminal } from '../output/output';
import { reachable } from '../reachable';
import { boardText } from './board-text';

/** Silence changes the board too: sessions become idle, locks run out, times pass. */
const AT_LEAST_MS = 15_000;

const ALTERNATE_SCREEN = '\x1b[?1049h\x1b[?25l';
const MAIN_SCREEN = '\x1b[?25h\x1b[?1049l';
const HOME = '\x1b[H';
const REST_OF_LINE = '\x1b[K';
const REST_OF_SCREEN = '\x1b[J';

/** Shows the board as it changes, on a screen of its own where there is a terminal, until it is interrupted. */
export function watchBoard(coord: Context, query: Readonly<Record<string, string>>, look: () => Promise<Board>): Promise<void> {
  const { output, settings } = coord;
  const screen = output.format === 'text' && onTerminal();
  return untilInterrupted(async (signal) => {
    if (screen) output.write(ALTERNATE_SCREEN);
    try {
      let last = -1;
      for await (const _ of rings({ url: settings.url, query, signal, atLeastMs: AT_LEAST_MS })) {
        const board = await reachable(coord, look);
        if (!board || (board.position === last && !screen)) continue;
        last = board.position;
        if (screen) output.write(redrawn(boardText(board, output.colors, Date.now()), process.stdout.rows));
        else output.result(board, (one, colors) => `${boardText(one, colors, Date.now())}\n`);
      }
    } finally {
      if (screen) output.write(MAIN_SCREEN);
    }
  });
}

/** Drawn over what is there, line by line: clearing the screen first would flicker. What does not fit is left out. */
function redrawn(text: string, rows: number): string {
  const lines = text.split('\n').slice(0, Math.max(1, rows - 1));
  return `${HOME}${lines.map((line) => `${line}${REST_OF_LINE}\n`).join('')}${REST_OF_SCREEN}`;
}
