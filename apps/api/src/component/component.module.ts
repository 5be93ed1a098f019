import { Module } from '@nestjs/common';
import { UpdateComponentHandler } from './commands/update-component';
import { ComponentController } from './component.controller';
import { ComponentHistoryHandler, FindComponentHandler } from './queries/find-component';
import { ListComponentsHandler } from './queries/list-components';

@Module({
  controllers: [ComponentController],
  providers: [UpdateComponentHandler, ListComponentsHandler, FindComponentHandler, ComponentHistoryHandler],
})
export class ComponentModule {}
