/** The names that the files of reference 003 use for the two ends of a conversation. */
export const COORDINATOR = 'coordinator';
export const INSTANCE = 'project-instance';

/** Which sessions those names stand for; any other name is a session's own. */
export class Names {
  constructor(
    readonly coordinator: string = COORDINATOR,
    readonly instance: string = INSTANCE,
  ) {}

  /** The session of a name in a file. */
  session(name: string): string {
    if (name === COORDINATOR) return this.coordinator;
    return name === INSTANCE ? this.instance : name;
  }

  /** What a file calls a session. */
  name(session: string): string {
    if (session === this.instance) return INSTANCE;
    return session === this.coordinator ? COORDINATOR : session;
  }
}
