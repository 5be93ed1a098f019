/** Hours east of Greenwich of the abbreviations that `date` prints most. */
const ZONES: Readonly<Record<string, number>> = {
  ...{ Z: 0, UTC: 0, GMT: 0, WET: 0, WEST: 1, BST: 1, CET: 1, CEST: 2, EET: 2, EEST: 3, MSK: 3, IST: 5.5, JST: 9, KST: 9, AEST: 10, AEDT: 11 },
  ...{ EST: -5, EDT: -4, CST: -6, CDT: -5, MST: -7, MDT: -6, PST: -8, PDT: -7, AKST: -9, AKDT: -8, HST: -10 },
};
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const NUMERIC =
  /^(\d{4})-?(\d\d)-?(\d\d)(?:[T _]+(\d\d)[:-]?(\d\d)(?:[:-]?(\d\d)(?:[.,](\d+))?)?)?\s*(AM|PM)?\s*([A-Z]{1,5}|(?:UTC|GMT)?[+-]\d\d(?::?\d\d)?)?$/i;
const CLOCK = /\b(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?(?:\s*([AP]M)\b)?/i;

/**
 * A moment in ms since 1970, from what older scripts wrote: ISO 8601 with or without a zone, `2025-11-15 18:00 UTC`, what `date` prints, or a
 * number of seconds, ms, µs or ns. Without a zone it is UTC, as in reference 004. Null for what is no moment from 2000 to 2100.
 */
export function momentOf(value: unknown): number | null {
  const ms = typeof value === 'number' ? fromNumber(value) : typeof value === 'string' ? fromText(value.trim()) : null;
  return ms !== null && ms >= Date.UTC(2000, 0) && ms < Date.UTC(2100, 0) ? Math.floor(ms) : null;
}

function fromNumber(value: number): number {
  const step = [1e11, 1e14, 1e17].filter((limit) => Math.abs(value) >= limit).length;
  return (value * 1_000) / 1_000 ** step;
}

function fromText(text: string): number | null {
  if (/^\d{9,19}(\.\d+)?$/.test(text)) return fromNumber(Number(text));
  const numeric = NUMERIC.exec(text);
  if (!numeric) return fromWords(text);
  const [, year, month, day, hour, minute, second, fraction, half, zone] = numeric;
  return moment({ year, month: Number(month), day, hour, minute, second, fraction, half, zone });
}

/** `Sat Nov 15 18:00:00 UTC 2025`, `Sat, 15 Nov 2025 18:00:00 +0000`, `Nov 15, 2025 6:00 PM`: the parts in any order. */
function fromWords(text: string): number | null {
  const clock = CLOCK.exec(text);
  const words = text.replace(CLOCK, ' ').split(/[\s,]+/);
  const month = MONTHS.findIndex((name) => words.some((word) => word.toLowerCase().startsWith(name) && !/\d/.test(word))) + 1;
  const year = words.find((word) => /^\d{4}$/.test(word));
  const day = words.find((word) => /^\d{1,2}(st|nd|rd|th|\.)?$/.test(word));
  const zone = words.find((word) => /^[A-Z]{2,5}$/.test(word) || /^(UTC|GMT)?[+-]\d\d:?\d\d$/.test(word));
  if (month === 0 || !year || !day) return null;
  return moment({
    year,
    month,
    day: day.replace(/\D+/, ''),
    hour: clock?.[1],
    minute: clock?.[2],
    second: clock?.[3],
    fraction: clock?.[4],
    half: clock?.[5],
    zone,
  });
}

interface Parts {
  year?: string;
  month: number;
  day?: string;
  hour?: string;
  minute?: string;
  second?: string;
  fraction?: string;
  half?: string;
  zone?: string;
}

function moment({ year, month, day, hour, minute, second, fraction, half, zone }: Parts): number | null {
  const [h, min, s] = [hour, minute, second].map((part) => Number(part ?? 0)) as [number, number, number];
  const hours = half ? (h % 12) + (half.toUpperCase() === 'PM' ? 12 : 0) : h;
  const offset = offsetOf(zone);
  const date = new Date(Date.UTC(Number(year), month - 1, Number(day)));
  const isDate = date.getUTCMonth() === month - 1 && date.getUTCDate() === Number(day);
  if (!isDate || hours > 23 || min > 59 || s > 60 || offset === null) return null;
  return date.getTime() + (hours * 3_600 + min * 60 + s - offset * 3_600) * 1_000 + Number(`0.${fraction ?? 0}`) * 1_000;
}

/** In hours; null for a zone that is not known, which a guess would put hours away. */
function offsetOf(zone: string | undefined): number | null {
  if (!zone) return 0;
  const [, sign, hours, minutes] = /^(?:UTC|GMT)?([+-])(\d\d):?(\d\d)?$/i.exec(zone) ?? [];
  if (!sign) return ZONES[zone.toUpperCase()] ?? null;
  return (sign === '-' ? -1 : 1) * (Number(hours) + Number(minutes ?? 0) / 60);
}
