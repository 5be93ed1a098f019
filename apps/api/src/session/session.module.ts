import { Module } from '@nestjs/common';
import { MessageModule } from '../message/message.module';
import { EndSessionHandler } from './commands/end-session';
import { RecordHeartbeatHandler } from './commands/record-heartbeat';
import { RegisterSessionHandler } from './commands/register-session';
import { FindSessionHandler } from './queries/find-session';
import { ListHeartbeatsHandler } from './queries/list-heartbeats';
import { ListSessionsHandler } from './queries/list-sessions';
import { SessionController } from './session.controller';
import { SessionLooks } from './session-looks';
import { SessionNames } from './session-names';

const COMMANDS = [RegisterSessionHandler, RecordHeartbeatHandler, EndSessionHandler];
const QUERIES = [FindSessionHandler, ListSessionsHandler, ListHeartbeatsHandler];

@Module({ imports: [MessageModule], controllers: [SessionController], providers: [...COMMANDS, ...QUERIES, SessionLooks, SessionNames] })
export class SessionModule {}
