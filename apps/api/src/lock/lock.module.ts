import { Module } from '@nestjs/common';
import { BreakLockHandler } from './commands/break-lock';
import { ClaimLocksHandler } from './commands/claim-locks';
import { ReleaseAllLocksHandler } from './commands/release-all-locks';
import { ReleaseLockHandler } from './commands/release-lock';
import { RenewLockHandler } from './commands/renew-lock';
import { VerifyFenceHandler } from './commands/verify-fence';
import { EndedLocks } from './ended-locks';
import { LockController } from './lock.controller';
import { ExplainLockHandler } from './queries/explain-lock';
import { FindLockHandler } from './queries/find-lock';
import { ListLocksHandler } from './queries/list-locks';

const COMMANDS = [ClaimLocksHandler, RenewLockHandler, ReleaseLockHandler, ReleaseAllLocksHandler, BreakLockHandler, VerifyFenceHandler];
const QUERIES = [ListLocksHandler, FindLockHandler, ExplainLockHandler];

@Module({ controllers: [LockController], providers: [...COMMANDS, ...QUERIES, EndedLocks] })
export class LockModule {}
