import { type FSWatcher, watch } from 'node:fs';

/** Rings when something happens in a folder. A system that watches no more folders leaves it to the looks in between. */
export class WatchedFolders {
  readonly #watchers = new Map<string, FSWatcher>();

  constructor(private readonly ring: () => void) {}

  /** Watches these folders from now on, and no others. */
  set(folders: readonly string[]): void {
    for (const [folder, watcher] of this.#watchers) if (!folders.includes(folder)) this.#drop(folder, watcher);
    for (const folder of folders) if (!this.#watchers.has(folder)) this.#watch(folder);
  }

  close(): void {
    this.set([]);
  }

  #watch(folder: string): void {
    try {
      const watcher = watch(folder, (_, name) => {
        if (!name?.startsWith('.')) this.ring();
      });
      watcher.on('error', () => this.#drop(folder, watcher));
      this.#watchers.set(folder, watcher);
    } catch {
      // gone again, or no more watchers to be had: the folder is looked through every interval all the same
    }
  }

  #drop(folder: string, watcher: FSWatcher): void {
    watcher.close();
    this.#watchers.delete(folder);
  }
}
