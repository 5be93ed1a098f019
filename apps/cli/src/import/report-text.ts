import type { Colors } from '../output/output';
import { plainLine } from '../output/plain-text';
import { table } from '../output/table';
import { type Entry, REASONS, type Reason } from './entry';
import type { Report } from './import-tree';

/** The report for people: how much of each kind, then each file that was not taken, with the reason. `all`: also those that were. */
export function reportText(report: Report, { bold, dim }: Colors, all = false): string {
  const { counts, reasons, entries, dry_run } = report;
  const head = `${report.files} files of ${plainLine(report.folder)} ${dry_run ? 'would be' : 'were'} imported into the project ${plainLine(report.project_key)}.`;
  const rows = Object.entries(counts).map(([kind, { taken, known, not_taken }]) => [`${kind}s`, String(taken), String(known), String(not_taken)]);
  const total = Object.values(counts).reduce((sum, { taken }) => sum + taken, 0);
  const refused = entries.filter(({ outcome }) => outcome === 'not-taken');
  const parts = [
    bold(
      total === 0 ? `Nothing new in ${report.files} files of ${plainLine(report.folder)} for the project ${plainLine(report.project_key)}.` : head,
    ),
    table(['', dry_run ? 'WOULD BE TAKEN' : 'TAKEN', 'KNOWN BEFORE', 'NOT TAKEN'], rows),
    ...(report.sessions_ended > 0 ? [`${report.sessions_ended} sessions were over and ${dry_run ? 'would be' : 'are'} ended.`] : []),
    ...(Object.keys(reasons) as Reason[]).flatMap((reason) => [
      `\n${bold(`Not taken: ${REASONS[reason]}`)} ${dim(`(${reason}, ${reasons[reason]})`)}`,
      ...refused.filter((entry) => entry.reason === reason).map(line),
    ]),
  ];
  if (all) parts.push(`\n${bold('Taken, or known')}`, ...entries.filter(({ outcome }) => outcome !== 'not-taken').map(line));
  const noted = entries.filter(({ outcome, notes }) => outcome === 'taken' && notes).length;
  if (noted > 0 && !all) parts.push(`\n${noted} were taken with a note on what was guessed or changed: --all shows them.`);
  return parts.join('\n');
}

function line({ file, record, id, detail, notes = [], outcome }: Entry): string {
  const about = [outcome === 'not-taken' ? detail : id, ...(outcome === 'not-taken' ? [] : notes)].filter((part) => part !== undefined);
  return `  ${plainLine(file)}${record === undefined ? '' : ` [${record}]`}${about.length > 0 ? `: ${plainLine(about.join('; '))}` : ''}`;
}
