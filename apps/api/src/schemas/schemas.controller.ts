import { Controller, Get, Header } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Documented } from '../http/documented';
import type { Schema } from '../http/schema';
import { COORDINATION_MESSAGE } from './coordination-message.schema';
import { DRAFT } from './draft';
import { TASK_PROGRESS } from './task-progress.schema';

const MEDIA_TYPE = 'application/schema+json';
const ANSWER = {
  mediaType: MEDIA_TYPE,
  description: 'A JSON Schema, draft 2020-12.',
  schema: { type: 'object', required: ['$schema', '$id'], properties: { $schema: { const: DRAFT }, $id: { type: 'string' } } },
};

/** The schemas of the coordinator protocol's documents, as the engine checks by them. */
@ApiTags('Schemas')
@Controller('schemas')
export class SchemasController {
  @Get('coordination-message-v1.0.schema.json')
  @Header('Content-Type', `${MEDIA_TYPE}; charset=utf-8`)
  @Documented({ summary: "The schema of the coordinator protocol's messages", success: ANSWER })
  message(): Schema {
    return COORDINATION_MESSAGE;
  }

  @Get('task-progress-v1.0.schema.json')
  @Header('Content-Type', `${MEDIA_TYPE}; charset=utf-8`)
  @Documented({ summary: "The schema of the coordinator protocol's tasks", success: ANSWER })
  task(): Schema {
    return TASK_PROGRESS;
  }
}
