import { Module } from '@nestjs/common';
import { BreakLockHandler } from './commands/break-lock';
import { ClaimLocksHandler } from './commands/claim-locks';
import { ReleaseAllLocksHandler } from './commands/release-all-locks';
import { ReleaseLockHandler } from './commands/release-lock';
import { RenewLockHandler } from './commands/renew-lock';
import { VerifyFenceHandler } from './commands/verify-fence';
import { EndedLocks } from './ended-locks';
import { LockController } from './lock.controller';
import { LockWaits } from './lock-waits';
import { ExplainLockHandler } from './queries/explain-lock';
import { FindLockHandler } from './queries/find-lock';
import { ListLocksHandler } from './queries/list-locks';
import { ListQueueHandler } from './queries/list-queue';
import { QueueClock } from './queue-clock';

const COMMANDS = [ClaimLocksHandler, RenewLockHandler, ReleaseLockHandler, ReleaseAllLocksHandler, BreakLockHandler, VerifyFenceHandler];
const QUERIES = [ListLocksHandler, ListQueueHandler, FindLockHandler, ExplainLockHandler];

@Module({ controllers: [LockController], providers: [...COMMANDS, ...QUERIES, EndedLocks, QueueClock, LockWaits] })
export class LockModule {}
