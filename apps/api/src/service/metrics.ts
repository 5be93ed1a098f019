import { Injectable } from '@nestjs/common';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

const SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 30];

/** What the server counts and measures, in the Prometheus text format. Every instance has a registry of its own. */
@Injectable()
export class Metrics {
  private readonly registers = [new Registry()];
  private readonly registry = this.registers[0] as Registry;
  private readonly commands = new Counter({
    name: 'coord_commands_total',
    help: 'Commands by type and outcome (accepted, or the name of the problem).',
    labelNames: ['type', 'outcome'],
    registers: this.registers,
  });
  private readonly appendSeconds = new Histogram({
    name: 'coord_append_seconds',
    help: 'How long an append to the event store took.',
    buckets: SECONDS,
    registers: this.registers,
  });
  private readonly appendEvents = new Histogram({
    name: 'coord_append_events',
    help: 'How many events went into one append.',
    buckets: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000],
    registers: this.registers,
  });
  private readonly lag = new Histogram({
    name: 'coord_projection_lag_seconds',
    help: 'How long the oldest event of a batch waited until the read models showed it.',
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.25, 0.5, 1, 5, 60],
    registers: this.registers,
  });
  private readonly streams = new Gauge({
    name: 'coord_event_streams',
    help: 'Event streams (GET /events/stream) that are open.',
    registers: this.registers,
  });
  private readonly waiters = new Gauge({
    name: 'coord_lock_waiters',
    help: 'Claims that this instance holds while they wait for a lock.',
    registers: this.registers,
  });
  private readonly requests = new Histogram({
    name: 'coord_http_request_seconds',
    help: 'How long requests took, by route.',
    labelNames: ['route', 'method', 'status'],
    buckets: SECONDS,
    registers: this.registers,
  });
  /** Looking a label set up by name costs more than the observation itself. */
  private readonly requestSeries = new Map<string, Histogram.Internal<string>>();
  private readonly commandSeries = new Map<string, Counter.Internal>();

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  /** A command was answered: `accepted`, or the name of the problem. */
  command(type: string, outcome: string): void {
    const key = `${outcome} ${type}`;
    let series = this.commandSeries.get(key);
    if (!series) {
      series = this.commands.labels({ type, outcome });
      this.commandSeries.set(key, series);
    }
    series.inc();
  }

  append(seconds: number, events: number): void {
    this.appendSeconds.observe(seconds);
    this.appendEvents.observe(events);
  }

  projectionLag(seconds: number): void {
    this.lag.observe(seconds);
  }

  lockWaiters(waiting: number): void {
    this.waiters.set(waiting);
  }

  eventStreams(open: number): void {
    this.streams.set(open);
  }

  /** `route` is the pattern, not the path: a series for each id would never end. */
  request(method: string, route: string, status: number, seconds: number): void {
    const key = `${method} ${status} ${route}`;
    let series = this.requestSeries.get(key);
    if (!series) {
      series = this.requests.labels({ route, method, status: String(status) });
      this.requestSeries.set(key, series);
    }
    series.observe(seconds);
  }

  get contentType(): string {
    return this.registry.contentType;
  }
  text(): Promise<string> {
    return this.registry.metrics();
  }
}
