/** Variables that would change what Postgres does or which libraries it loads (a conda shell sets LD_LIBRARY_PATH). */
const CHANGES_POSTGRES = /^(PG|LC_|LANG|LD_|DYLD_|TZ$)/;

/** The environment of every Postgres program: the engine's own without what would change its behaviour, its messages in English. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !CHANGES_POSTGRES.test(name));
  return { ...Object.fromEntries(kept), LC_ALL: 'C', TZ: 'UTC' };
}
