/** Whether a command answers with JSON: as it is told, by `COORD_OUTPUT=text` with text, else with JSON where the output is no terminal. */
export const isJson = ({ json, text }: { json?: boolean; text?: boolean }): boolean =>
  json === true || (!text && process.env.COORD_OUTPUT !== 'text' && !process.stdout.isTTY);
