import { normalResource } from '../plain-resource';
import type { SessionNames } from './names';
import { NotTaken, type Source } from './source';
import { clean } from './statement';
import { bareName } from './tree';

export interface ClaimRecord {
  session_id: string;
  /** `<type>/<name>`. */
  resource: string;
  claimed_at: number;
  /** In ms; null: never. */
  expires_at: number | null;
  /** The file says that it was released. */
  over: boolean;
  description: string | null;
}

const OVER = /^(released|completed?|done|finished|closed|expired|cancelled|canceled|abandoned)$/i;
const HOUR = 3_600_000;
/** What a claim without a term stands for, as with the engine. */
const DEFAULT_HOURS = 2;

/** @throws NotTaken */
export function readClaim(source: Source, names: SessionNames): ClaimRecord {
  const { fields } = source;
  const holder = fields.text('claimed_by', 'session_id', 'session', 'owner', 'holder', 'claimant', 'by');
  if (holder === null) throw new NotTaken('missing-field', 'claimed_by');
  const session_id = source.session(names, holder);
  const claimed_at = source.written('claimed_at', 'claimed', 'acquired_at', 'started_at', 'created_at', 'timestamp', 'at');
  return {
    session_id,
    resource: resourceOf(source),
    claimed_at,
    expires_at: expiryOf(source, claimed_at),
    over: OVER.test(fields.text('status', 'state')?.trim() ?? '') || fields.value('released_at', 'released') !== undefined,
    description: clean(fields.text('description', 'reason', 'purpose', 'note', 'notes') ?? '').slice(0, 10_000) || null,
  };
}

/** `<type>/<name>` of the fields, else of the folder and the file's name: `claims/droplet/church-guidance`, `claims/droplet-church-guidance`. */
function resourceOf({ fields, found, notes }: Source): string {
  const type = fields.text('type', 'resource_type', 'claim_type', 'kind');
  const name = fields.text('name', 'resource_name', 'resource', 'resource_id', 'target', 'item', 'path');
  const given =
    name === null ? inName(found.below, bareName(found.file), type) : type === null || name.startsWith(`${type}/`) ? name : `${type}/${name}`;
  if (name === null) notes.push("the resource was taken from the file's name");
  const resource = normalResource(clean(given));
  if (resource === '' || resource.split('/').includes('..'))
    throw new NotTaken('bad-name', `${JSON.stringify(given).slice(0, 80)} can be no resource`);
  return resource;
}

function inName(below: readonly string[], file: string, type: string | null): string {
  if (below.length > 0) return [...below, file].join('/');
  if (type !== null && file.startsWith(type)) return `${type}/${file.slice(type.length).replace(/^[-_.]+/, '')}`;
  return type === null ? file.replace(/__|[-_]/, '/') : `${type}/${file}`;
}

function expiryOf(source: Source, claimed_at: number): number | null {
  const { fields, notes } = source;
  const given = fields.value('expires_at', 'expires', 'expiry', 'expiration', 'until', 'valid_until');
  if (typeof given === 'string' && /^(never|none|no|infinite)$/i.test(given.trim())) return null;
  const expires = source.moment('expires_at', 'expires', 'expiry', 'expiration', 'until', 'valid_until');
  if (expires !== null) return expires;
  const hours = hoursOf(fields.text('hours', 'duration_hours', 'ttl_hours', 'estimated_hours', 'expires_in_hours', 'duration', 'ttl'));
  if (hours === null) notes.push(`no term in it: ${DEFAULT_HOURS} h were taken`);
  return claimed_at + (hours ?? DEFAULT_HOURS) * HOUR;
}

/** `4`, `4h`, `4 hours`, `90 min`. */
function hoursOf(text: string | null): number | null {
  const [, figure, unit = 'h'] = /^\s*(\d+(?:\.\d+)?)\s*(h|hours?|hrs?|m|min|minutes?|d|days?)?\s*$/i.exec(text ?? '') ?? [];
  if (figure === undefined) return null;
  return Number(figure) * (/^m/i.test(unit) ? 1 / 60 : /^d/i.test(unit) ? 24 : 1);
}
