import { setTimeout as pause } from 'node:timers/promises';
import type { Mirror } from './mirror';
import { both, emptyReport, type Report } from './report';

/** How often a folder is looked through that others change all the time. */
const MOST_PASSES = 50;
const BETWEEN_MS = 100;

/** Brings folder and engine in step: more than one pass while something is half written. Gives what was done. */
export async function inStep(mirror: Mirror): Promise<Report> {
  let report = emptyReport();
  for (let passes = 1; ; passes += 1) {
    const pass = await mirror.pass();
    report = both(report, pass.report);
    if (!pass.again || passes === MOST_PASSES) return report;
    await pause(BETWEEN_MS);
  }
}
