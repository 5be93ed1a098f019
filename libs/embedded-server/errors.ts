/** A start that can't go on; the message is one sentence which says what is wrong and what to do. */
export class EmbeddedServerError extends Error {
  override readonly name = 'EmbeddedServerError';
}

/** The last one is Postgres' own. */
const CODES_OF_A_FULL_DISK = new Set(['ENOSPC', 'EDQUOT', '53100']);
const TEXT_OF_A_FULL_DISK = /No space left on device|Disk quota exceeded/;

export const diskIsFull = (folder: string): EmbeddedServerError =>
  new EmbeddedServerError(
    `The disk that holds the data folder ${folder} is full: free some space and start again; nothing that was acknowledged is lost.`,
  );

/** Whether a text that Postgres wrote tells of a full disk. */
export const tellsOfFullDisk = (text: string): boolean => TEXT_OF_A_FULL_DISK.test(text);

/**
 * The `code` of a Node system error (ENOENT, EACCES, …) or of a Postgres error; undefined for anything else that was thrown.
 * Asks for no class: below Jest the errors of Node are not instances of the `Error` that a module sees.
 */
export const systemCode = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

/** Turns what the file system refused in the data folder into one sentence; anything unexpected comes back as it was. */
export function explainFolderError(error: unknown, folder: string): unknown {
  const code = systemCode(error);
  if (code === undefined || error instanceof EmbeddedServerError) return error;
  if (CODES_OF_A_FULL_DISK.has(code)) return diskIsFull(folder);
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new EmbeddedServerError(
      `The data folder ${folder} can't be written (${code}): give this user the right to write there, or set COORD_DATA_DIR to another folder.`,
    );
  }
  if (code === 'ENOTDIR' || code === 'EEXIST') {
    return new EmbeddedServerError(`The data folder ${folder} is not a folder (${code}): set COORD_DATA_DIR to a folder.`);
  }
  return error;
}
