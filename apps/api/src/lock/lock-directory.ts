import { ReadModels } from '@coord/projection-runner/index';
import { Injectable } from '@nestjs/common';
import { locksByIds } from '@projections/locks/index';
import { LRUCache } from 'lru-cache';

const READ_MODELS = { of: ['locks'] };

/** What never changes of a lock, whatever becomes of it. */
export interface LockPlace {
  project_key: string;
  resource: string;
}

/** Which project a lock belongs to, and so which stream decides about it. */
@Injectable()
export class LockDirectory {
  private readonly places = new LRUCache<string, LockPlace>({ max: 100_000 });

  constructor(private readonly readModels: ReadModels) {}

  remember(id: string, { project_key, resource }: LockPlace): void {
    this.places.set(id, { project_key, resource }); // not the whole that it may be part of: this is kept for long
  }

  /** How far in the log `find` sees. */
  reached(): Promise<number> {
    return this.readModels.caughtUp(READ_MODELS);
  }

  /** Null for an id that no lock has, as of the end of the log. */
  async find(id: string): Promise<LockPlace | null> {
    const known = this.places.get(id);
    if (known) return known;
    const { result } = await this.readModels.read((sql) => locksByIds(sql, [id]), READ_MODELS);
    const [row] = result;
    if (!row) return null;
    this.remember(id, row);
    return row;
  }
}
