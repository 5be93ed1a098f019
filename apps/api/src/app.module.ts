import { UPCASTERS } from '@coord/domain/upcasters/index';
import { type DynamicModule, Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import type { Clock } from './clock';
import { ComponentModule } from './component/component.module';
import type { Configuration } from './configuration';
import { EngineModule } from './engine/engine.module';
import { HistoryModule } from './history/history.module';
import { httpModule } from './http/http.module';
import { LockModule } from './lock/lock.module';
import { MessageModule } from './message/message.module';
import { ProjectModule } from './project/project.module';
import { SchemasModule } from './schemas/schemas.module';
import { ServiceModule } from './service/service.module';
import { SessionModule } from './session/session.module';
import { StatusModule } from './status/status.module';
import { TaskModule } from './task/task.module';
import { TodoModule } from './todo/todo.module';
import { WorkItemModule } from './work-item/work-item.module';
import { WorkflowModule } from './workflow/workflow.module';

const CONCEPTS = [
  LockModule,
  ComponentModule,
  WorkflowModule,
  WorkItemModule,
  MessageModule,
  TodoModule,
  StatusModule,
  HistoryModule,
  ProjectModule,
  SessionModule,
  TaskModule,
  SchemasModule,
];

@Module({})
export class AppModule {
  /** The whole engine on a Postgres that is there. */
  static on(configuration: Configuration, databaseUrl: string, clock?: Clock, upcasters = UPCASTERS): DynamicModule {
    return {
      module: AppModule,
      imports: [httpModule(configuration, clock), CqrsModule.forRoot(), EngineModule.on(databaseUrl, upcasters), ServiceModule, ...CONCEPTS],
    };
  }
}
