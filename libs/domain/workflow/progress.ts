/** How far a workflow is, from the statuses of its work items. `percent`: completed of all, rounded down, 0 when there are none. */
export type Progress = { total: number; completed: number; in_progress: number; blocked: number; percent: number };

/** Rounded down, so that only a workflow with nothing left says 100 (protocol, "Workflows and work items"). */
export const progressOf = (counts: Omit<Progress, 'percent'>): Progress => ({
  ...counts,
  percent: counts.total === 0 ? 0 : Math.floor((100 * counts.completed) / counts.total),
});
