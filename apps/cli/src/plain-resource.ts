/** A plain resource in the form in which the engine compares and shows it (protocol, "Locks": after normalising). */
export const normalResource = (resource: string): string =>
  resource
    .replaceAll('\\', '/')
    .split('/')
    .filter((segment) => segment !== '' && segment !== '.')
    .join('/');
