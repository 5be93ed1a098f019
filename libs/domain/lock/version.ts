/** A change of data in place; gives the change that takes it back. */
export type Change<Data> = (data: Data) => Change<Data>;

/**
 * One of many versions of some data, of which every one can still be read, though the data is there once and is changed in place
 * (Baker, "Shallow Binding Makes Functional Arrays Fast", 1991). The version that was used last holds the data, the others the change that
 * leads from the next one to them. Going on from the latest version costs what the change costs, as it does where no older version is kept;
 * only who goes back to an older one has to undo what came after it. That is how deciders work: chain after chain on the latest state,
 * now and then again from where a lost race began. An older version that nobody holds any more is gone.
 */
export class Version<Data> {
  #data: Data | undefined;
  #next: Version<Data> | undefined;
  #change: Change<Data> | undefined;

  constructor(data: Data) {
    this.#data = data;
  }

  /** The data as this version sees it: to be read at once, before any version is made or another one looked at. */
  get data(): Data {
    if (this.#next) this.#fetch();
    return this.#data as Data;
  }

  /** The version after a change; this one stays as it is. */
  after(change: Change<Data>): Version<Data> {
    const { data } = this;
    const version = new Version(data);
    this.#handTo(version, change(data));
    return version;
  }

  /** Brings the data here, from the version that holds it. */
  #fetch(): void {
    const way: Version<Data>[] = [];
    for (let at: Version<Data> | undefined = this; at; at = at.#next) way.push(at);
    let holder = way.pop() as Version<Data>;
    for (let to = way.pop(); to; to = way.pop()) {
      const data = holder.#data as Data;
      const back = (to.#change as Change<Data>)(data);
      to.#data = data;
      to.#next = undefined;
      to.#change = undefined;
      holder.#handTo(to, back);
      holder = to;
    }
  }

  #handTo(version: Version<Data>, change: Change<Data>): void {
    this.#data = undefined;
    this.#next = version;
    this.#change = change;
  }
}
