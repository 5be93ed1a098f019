import { ALL_SESSIONS, addressee } from '@coord/domain/message/index';
import { ReadModels } from '@coord/projection-runner/index';
import { Injectable } from '@nestjs/common';
import { isKnown, recentNames } from '@projections/sessions/index';
import { distance } from 'fastest-levenshtein';
import { LRUCache } from 'lru-cache';

/** Among how many of the sessions seen last a similar name is looked for, and how many are named. */
const LOOKED_AT = 500;
const NAMED = 3;

export type AddresseeWarning = { warning: 'unknown session'; similar: string[] };

/** Tells a sender that no one has seen the addressee: the message is taken all the same. */
@Injectable()
export class Addressees {
  private readonly known = new LRUCache<string, true>({ max: 50_000 });

  constructor(private readonly readModels: ReadModels) {}

  /** Null for a session that has acted, and for everyone. */
  async warningFor(session: string): Promise<AddresseeWarning | null> {
    if (session === ALL_SESSIONS || this.known.has(session)) return null;
    const asked = { of: ['sessions'] };
    if ((await this.readModels.read((sql) => isKnown(sql, session), asked)).result) {
      this.known.set(session, true);
      return null;
    }
    const { result: names } = await this.readModels.read((sql) => recentNames(sql, LOOKED_AT), asked);
    return { warning: 'unknown session', similar: similarTo(session, names) };
  }
}

/** Sessions of the machine that was named alone first, then names at most a third of the name's length away, nearest first. */
function similarTo(session: string, names: readonly string[]): string[] {
  const wanted = session.toLowerCase();
  if ([wanted, session.toUpperCase()].some((word) => addressee(word) === ALL_SESSIONS)) return [ALL_SESSIONS];
  const away = (name: string): number => (name.startsWith(`${wanted}/`) ? -1 : distance(wanted, name));
  return names
    .map((name) => ({ name, away: away(name.toLowerCase()) }))
    .filter((one) => one.away <= Math.floor(session.length / 3))
    .sort((a, b) => a.away - b.away)
    .slice(0, NAMED)
    .map(({ name }) => name);
}
