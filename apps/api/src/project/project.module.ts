import { Module } from '@nestjs/common';
import { ProjectController } from './project.controller';
import { ListProjectsHandler } from './queries/list-projects';

@Module({ controllers: [ProjectController], providers: [ListProjectsHandler] })
export class ProjectModule {}
