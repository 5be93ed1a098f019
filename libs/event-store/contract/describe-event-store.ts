import type { EventStore } from '../event-store';
import { appending } from './appending';
import { contents } from './contents';
import { failing } from './failing';
import type { StoreHarness } from './harness';
import { ordering } from './ordering';
import { reading } from './reading';
import { repeating } from './repeating';
import { snapshots } from './snapshots';
import { subscribing } from './subscribing';
import { turns } from './turns';

/**
 * What every adapter promises. Positions need not begin at 1 nor be without gaps, and the log need not be empty.
 *
 * @param harness is used from the first `beforeAll` on; what it needs is set up by a `beforeAll` before it
 */
export function describeEventStore(name: string, harness: StoreHarness): void {
  describe(name, () => {
    let store: EventStore;
    const context = {
      get store() {
        return store;
      },
      harness,
    };

    beforeAll(async () => {
      store = await harness.open();
    });
    afterAll(() => store?.close());

    describe('appending', () => appending(context));
    describe('repeating an append', () => repeating(context));
    describe('reading', () => reading(context));
    describe('contents', () => contents(context));
    describe('the order of the log', () => ordering(context));
    describe('subscribing', () => subscribing(context));
    describe('snapshots', () => snapshots(context));
    describe('a line that fails', () => failing(context));
    describe('turns', () => turns(context));
  });
}
