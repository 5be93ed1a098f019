import type { LoggerService } from '@nestjs/common';
import { pino } from 'pino';
import type { LogLevel } from '../configuration';
import { GatheredLines } from './gathered-lines';

/** What the application logs with, and the token that it is provided under. */
export abstract class Log {
  abstract fatal(fields: object, message: string): void;
  abstract error(fields: object, message: string): void;
  abstract warn(fields: object, message: string): void;
  abstract info(fields: object, message: string): void;
  abstract debug(fields: object, message: string): void;
}

/** The time of a line as pino takes it, ISO 8601. Under load many lines fall into one millisecond, and its text is made once. */
function isoTime(): () => string {
  let at = 0;
  let text = '';
  return () => {
    const now = Date.now();
    if (now !== at) {
      at = now;
      text = `,"time":"${new Date(now).toISOString()}"`;
    }
    return text;
  };
}

/** JSON lines on standard output. They are gathered and written aside, so that logging costs the requests little. */
export function createLog(level: LogLevel): Log {
  return pino({ level, base: null, timestamp: isoTime(), formatters: { level: (label) => ({ level: label }) } }, new GatheredLines());
}

const asText = (message: unknown): string =>
  message instanceof Error ? message.message : typeof message === 'string' ? message : (JSON.stringify(message) ?? String(message));

/** Nest's own messages, among the others. Nest passes the context last, and for errors the stack before it. */
export class NestLog implements LoggerService {
  constructor(private readonly to: Log) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.to.debug({ context: rest.at(-1) }, asText(message)); // which routes and modules there are is no news in production
  }
  debug(message: unknown, ...rest: unknown[]): void {
    this.to.debug({ context: rest.at(-1) }, asText(message));
  }
  verbose(message: unknown, ...rest: unknown[]): void {
    this.to.debug({ context: rest.at(-1) }, asText(message));
  }
  warn(message: unknown, ...rest: unknown[]): void {
    this.to.warn({ context: rest.at(-1) }, asText(message));
  }
  error(message: unknown, ...rest: unknown[]): void {
    this.to.error({ context: rest.at(-1), ...(message instanceof Error ? { err: message } : { stack: rest[0] }) }, asText(message));
  }
  fatal(message: unknown, ...rest: unknown[]): void {
    this.to.fatal({ context: rest.at(-1), stack: rest[0] }, asText(message));
  }
}
