import { Controller, Get, Header, Res } from '@nestjs/common';
import { ApiExcludeEndpoint, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Documented } from '../http/documented';
import { Health, type HealthReport } from './health';
import { Metrics } from './metrics';
import { ApiDocument } from './openapi';

const HEALTH_EXAMPLE = {
  status: 'ok',
  database: 'connected',
  version: '0.1.0',
  position: 42,
  projections: [{ name: 'locks', position: 42, error: null }],
};
const HEALTH_SCHEMA = {
  type: 'object',
  required: ['status', 'database', 'version', 'position', 'projections'],
  properties: {
    status: { enum: ['ok', 'degraded'] },
    database: { enum: ['connected', 'disconnected'] },
    version: { type: 'string' },
    position: { type: 'integer', description: 'The end of the log; where it can not be reached, the last position seen.' },
    projections: {
      type: 'array',
      items: {
        type: 'object',
        required: ['name', 'position', 'error'],
        properties: {
          name: { type: 'string' },
          position: { type: 'integer' },
          error: { type: ['string', 'null'], description: 'Why it has stopped.' },
        },
      },
    },
  },
};
const PLAIN = { schema: { type: 'string' }, mediaType: 'text/plain' };

/** What operators and tools ask (protocol, "Service"). Stands at the root. */
@ApiTags('Service')
@Controller()
export class ServiceController {
  constructor(
    private readonly health: Health,
    private readonly metrics: Metrics,
    private readonly api: ApiDocument,
  ) {}

  @Get(['health', 'api/coord/health'])
  @Documented({
    summary: 'How the engine is',
    success: [
      { schema: HEALTH_SCHEMA, description: 'Everything works.', example: HEALTH_EXAMPLE },
      { status: 503, schema: HEALTH_SCHEMA, description: 'A database is gone, or a projection has stopped.' },
    ],
  })
  async getHealth(@Res({ passthrough: true }) reply: FastifyReply): Promise<HealthReport> {
    const report = await this.health.report();
    reply.status(report.status === 'ok' ? 200 : 503).header('Cache-Control', 'no-store');
    return report;
  }

  @Get('livez')
  @Documented({ summary: 'The process runs', success: PLAIN })
  getLivez(): string {
    return 'ok';
  }

  @Get('readyz')
  @Documented({ summary: 'Requests may come', success: [PLAIN, { ...PLAIN, status: 503, description: 'Not now.' }] })
  async getReadyz(@Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const ready = await this.health.ready();
    reply.status(ready ? 200 : 503);
    return ready ? 'ok' : 'not ready';
  }

  @Get('metrics')
  @Documented({ summary: 'Figures for Prometheus', success: PLAIN })
  async getMetrics(@Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    reply.header('Content-Type', this.metrics.contentType);
    return this.metrics.text();
  }

  @Get('openapi.json')
  @ApiExcludeEndpoint()
  @Header('Content-Type', 'application/json; charset=utf-8')
  getDocument(): string {
    return JSON.stringify(this.api.document);
  }
}
