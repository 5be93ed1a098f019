import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Report } from '../import-tree';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** What the report has to say of a tree. */
export type Expected = Pick<Report, 'files' | 'counts' | 'reasons'>;

/**
 * A COORDINATION folder as it looks after months: `rounds` times each oddity that real trees have, among ordinary records.
 * @returns what an import at `now` (ms) must report
 */
export function growTree(root: string, rounds: number, now: number): Expected {
  const tree = new GrowingTree(root);
  tree.folder('sessions/empty-folder');
  tree.link('sessions/loop', '..', 'session');
  tree.link('messages/broadcast/again', '../..', 'message');
  for (let round = 0; round < rounds; round += 1) growRound(tree, round, now);
  return tree.expected;
}

function growRound(tree: GrowingTree, round: number, now: number): void {
  const seconds = Math.floor(now / 1_000) - 10_000 - round * 10;
  const alive = `session-${seconds}`;
  const busy = `session-${seconds + 1}`;
  const gone = `session-${seconds - 400_000}`;
  const iso = (ms: number): string => new Date(ms).toISOString();
  const { taken, refused } = tree;
  const json = (value: unknown): string => JSON.stringify(value, null, 2);

  // sessions
  taken(
    'session',
    `sessions/${alive}.json`,
    json({ session_id: alive, status: 'active', started_at: iso(now - HOUR), working_on: 'church-guidance', progress: '25%' }),
  );
  taken(
    'session',
    `sessions/${busy}.json`,
    `\ufeff${json({ sessionId: String(seconds + 1), status: 'active', started: seconds, machine: 'WORKSHOP' })}`,
  );
  taken(
    'session',
    `sessions/${gone}.json`,
    json({ id: gone, status: 'active', started_at: '2025-11-15 18:00 UTC', last_heartbeat: '2025-11-15T18:20:00' }),
  );
  refused(
    'same-content',
    'session',
    `sessions/${gone}-copy.json`,
    json({ status: 'active', last_heartbeat: '2025-11-15T18:20:00', id: gone, started_at: '2025-11-15 18:00 UTC' }),
  );
  refused('other-content', 'session', `sessions/${alive}.old.json`, json({ session_id: alive, status: 'active', started_at: iso(now - 2 * DAY) }));
  refused('bad-name', 'session', `sessions/control-${round}.json`, json({ session_id: `session-\u001b[31m${round}` }));
  refused('bad-name', 'session', `sessions/long-${round}.json`, json({ session_id: 'x'.repeat(201) }));
  refused('no-record', 'session', `sessions/${alive}.json~`, 'backup');
  refused('no-record', 'session', `sessions/.${alive}.json.swp`, 'b0VIM');
  refused('empty', 'session', `sessions/empty-${round}.json`, '');

  // heartbeats
  refused(
    'older',
    'heartbeat',
    `heartbeats/${alive}-${seconds + 60}.json`,
    json({ session: alive, action: 'building', progress: 10, timestamp: seconds + 60 }),
  );
  taken(
    'heartbeat',
    `heartbeats/${alive}-${seconds + 120}.json`,
    json({ action: 'building', target: 'church-guidance', phase: 'BUILD', progress: '25%', next: 'tests' }),
  );
  refused('session-over', 'heartbeat', `heartbeats/${gone}/1.json`, json({ action: 'building', timestamp: 'Sat Nov 15 18:10:00 UTC 2025' }));
  refused('no-object', 'heartbeat', `heartbeats/list-${round}.json`, '[1, 2]');

  // claims
  taken(
    'claim',
    `claims/droplet-${round}.json`,
    json({ type: 'droplet', name: `church-${round}`, claimed_by: alive, claimed_at: iso(now - HOUR), expires_at: iso(now + 3 * HOUR) }),
  );
  taken(
    'claim',
    `claims/hours-${round}.json`,
    `${json({ resource: `files/${round}`, session_id: busy, claimed_at: seconds * 1_000, hours: 4 })}\nend of file\n`,
  );
  taken('claim', `claims/page/home-${round}.claim`, json({ owner: busy, expires: iso(now + HOUR) }));
  refused(
    'claimed-by-another',
    'claim',
    `claims/again-${round}.json`,
    json({ type: 'droplet', name: `church-${round}`, claimed_by: busy, claimed_at: iso(now - MINUTE), expires_at: iso(now + HOUR) }),
  );
  refused(
    'claim-over',
    'claim',
    `claims/expired-${round}.json`,
    json({ type: 'droplet', name: `old-${round}`, claimed_by: gone, claimed_at: '2025-11-15T18:00:00Z', hours: 4 }),
  );
  refused(
    'claim-over',
    'claim',
    `claims/released-${round}.json`,
    json({ type: 'droplet', name: `free-${round}`, claimed_by: alive, claimed_at: iso(now), hours: 4, status: 'released' }),
  );
  refused('missing-field', 'claim', `claims/nobody-${round}.json`, json({ type: 'droplet', name: `nobody-${round}` }));

  // broadcasts
  const note = {
    id: `note-${round}`,
    from: alive,
    subject: 'SPECS complete',
    message: `my-droplet ${round} ready for BUILD`,
    timestamp: iso(now - 2 * HOUR + round),
  };
  taken('message', `messages/broadcast/${note.id}.json`, json(note));
  refused('same-content', 'message', `messages/broadcast/${note.id} (1).json`, json({ ...note, read: true }));
  refused('other-content', 'message', `messages/broadcast/${note.id}-edited.json`, json({ ...note, message: 'another', timestamp: iso(now - HOUR) }));
  taken(
    'message',
    `messages/broadcast/old-${round}.json`,
    json({ id: `old-${round}`, from: gone, subject: 'Deployed', body: `port ${round}`, timestamp: '2025-11-15 18:00:00', type: 'completion' }),
  );
  refused('binary', 'message', `messages/broadcast/picture-${round}.json`, Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 255]));
  refused('no-record', 'message', `messages/broadcast/README-${round}.md`, '# Broadcasts');
  refused('missing-field', 'message', `messages/broadcast/from-nobody-${round}.json`, json({ subject: 'hello', message: 'who is there?' }));
  tree.several(
    `messages/broadcast/several-${round}.json`,
    [1, 2, 3].map((n) => ({ id: `several-${round}-${n}`, from: busy, message: `part ${n}`, time: seconds + n })),
  );

  // direct messages
  const to = `messages/direct/${alive}`;
  taken(
    'message',
    `${to}/q-${round}.json`,
    json({
      id: `q-${round}`,
      from: busy,
      to: alive,
      subject: 'Question',
      message: 'Do you need the email templates?',
      type: 'question',
      timestamp: (seconds + 200) * 1_000,
      priority: 'critical',
    }),
  );
  taken(
    'message',
    `messages/direct/${seconds + 1}/a-${round}.json`,
    json({
      from: alive,
      subject: 'Yes!',
      message: `Great timing! ${round}`,
      reply_to: `q-${round}`,
      type: 'answer',
      date: iso((seconds + 300) * 1_000),
    }),
  );
  taken(
    'message',
    `${to}/read/r-${round}.json`,
    json({ id: `r-${round}`, from: gone, subject: 'Read', message: 'long ago', timestamp: 'Sat, 15 Nov 2025 19:00:00 +0100' }),
  );
  taken('message', `${to}/no-id-no-time-${round}.json`, json({ sender: busy, content: { subject: 'nested', text: `ping ${round}` } }));
  refused('no-json', 'message', `${to}/torn-${round}.json`, '{"id": "torn", "from": "sess');
  refused('no-json', 'message', `${to}/merge-${round}.json`, '<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> theirs\n');
  refused('bad-name', 'message', `${to}/sender-${round}.json`, json({ id: `bad-${round}`, from: 'tab\there', message: 'x' }));
  refused('no-record', 'message', `${to}/.DS_Store`, Buffer.from([0, 0, 0, 1]));
}

class GrowingTree {
  readonly expected: Expected = { files: 0, counts: emptyCounts(), reasons: {} };

  constructor(private readonly root: string) {}

  readonly taken = (kind: keyof Expected['counts'], file: string, content: string | Buffer): void => {
    this.expected.counts[kind].taken += 1;
    this.write(file, content);
  };

  readonly refused = (reason: keyof Expected['reasons'], kind: keyof Expected['counts'], file: string, content: string | Buffer): void => {
    this.count(reason, kind);
    this.write(file, content);
  };

  several(file: string, records: object[]): void {
    this.expected.counts.message.taken += records.length;
    this.write(file, records.map((record) => JSON.stringify(record)).join('\n'));
  }

  link(file: string, to: string, kind: keyof Expected['counts']): void {
    this.count('link', kind);
    this.expected.files += 1;
    mkdirSync(dirname(join(this.root, file)), { recursive: true });
    symlinkSync(to, join(this.root, file));
  }

  folder(name: string): void {
    mkdirSync(join(this.root, name), { recursive: true });
  }

  private count(reason: keyof Expected['reasons'], kind: keyof Expected['counts']): void {
    this.expected.counts[kind].not_taken += 1;
    this.expected.reasons[reason] = (this.expected.reasons[reason] ?? 0) + 1;
  }

  private write(file: string, content: string | Buffer): void {
    this.expected.files += 1;
    mkdirSync(dirname(join(this.root, file)), { recursive: true });
    writeFileSync(join(this.root, file), content);
  }
}

const emptyCounts = (): Expected['counts'] => ({
  session: { taken: 0, known: 0, not_taken: 0 },
  heartbeat: { taken: 0, known: 0, not_taken: 0 },
  claim: { taken: 0, known: 0, not_taken: 0 },
  message: { taken: 0, known: 0, not_taken: 0 },
});
