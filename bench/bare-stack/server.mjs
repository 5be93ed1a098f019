// The stack alone, as a yardstick: Nest, Fastify, class-validator and the CommandBus over one append for a whole batch, on an embedded Postgres with
// fsync on, and one read model filled in batches. No patterns, no leases, no idempotency, no history, no request log, no metrics, no recovery.
import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { Body, Controller, Delete, HttpCode, Module, Param, Post, Query, ValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CommandBus, CommandHandler, CqrsModule } from '@nestjs/cqrs';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { IsNotEmpty, IsOptional, IsString, MaxLength } from 'class-validator';
import { Log } from './log.mjs';

const require = createRequire(import.meta.url);
const { startEmbeddedServer } = require('../../dist/libs/embedded-server/index.js');

/** TypeScript's decorators, by hand: of a class, or of one of its methods. */
const decorate = (decorators, target, member) =>
  member === undefined
    ? Reflect.decorate(decorators, target)
    : Reflect.decorate(decorators, target, member, Object.getOwnPropertyDescriptor(target, member));
const parameters = (target, member, types) => Reflect.defineMetadata('design:paramtypes', types, target, member);

class ClaimDto {}
for (const member of ['project_key', 'session_id', 'resource'])
  for (const rule of [IsString(), IsNotEmpty(), MaxLength(1024)]) rule(ClaimDto.prototype, member);
for (const rule of [IsOptional(), IsString(), MaxLength(4096)]) rule(ClaimDto.prototype, 'description');

class ClaimLock {
  constructor(claim) {
    this.claim = claim;
  }
}
class ReleaseLock {
  constructor(id, session) {
    this.id = id;
    this.session = session;
  }
}

let log;
const held = new Map();
const byId = new Map();
let fence = 0;

class ClaimHandler {
  async execute({ claim }) {
    return log.write(`locks-${claim.project_key}`, () => {
      const key = `${claim.project_key}\n${claim.resource}`;
      const holder = held.get(key);
      if (holder) return { event: null, answer: holder };
      fence += 1;
      const now = new Date();
      const expires_at = new Date(now.getTime() + 7_200_000).toISOString();
      const lock = { id: randomUUID(), ...claim, mode: 'exclusive', status: 'active', fence, acquired_at: now.toISOString(), expires_at };
      held.set(key, lock);
      byId.set(lock.id, lock);
      return { event: { type: 'LockClaimed', actor: claim.session_id, data: lock }, answer: lock };
    });
  }
}
decorate([CommandHandler(ClaimLock)], ClaimHandler);

class ReleaseHandler {
  async execute({ id, session }) {
    const lock = byId.get(id);
    return log.write(`locks-${lock.project_key}`, () => {
      held.delete(`${lock.project_key}\n${lock.resource}`);
      byId.delete(id);
      return {
        event: { type: 'LockReleased', actor: session, data: { id, project_key: lock.project_key } },
        answer: { released: true, lock_id: id },
      };
    });
  }
}
decorate([CommandHandler(ReleaseLock)], ReleaseHandler);

class LockController {
  constructor(bus) {
    this.bus = bus;
  }
  claim(body) {
    return this.bus.execute(new ClaimLock(body));
  }
  release(id, session) {
    return this.bus.execute(new ReleaseLock(id, session));
  }
}
const routes = LockController.prototype;
Body()(routes, 'claim', 0);
parameters(routes, 'claim', [ClaimDto]);
decorate([Post()], routes, 'claim');
Param('id')(routes, 'release', 0);
Query('session_id')(routes, 'release', 1);
parameters(routes, 'release', [String, String]);
decorate([Delete(':id'), HttpCode(200)], routes, 'release');
Reflect.defineMetadata('design:paramtypes', [CommandBus], LockController);
decorate([Controller('api/coord/locks')], LockController);

class AppModule {}
decorate([Module({ imports: [CqrsModule.forRoot()], controllers: [LockController], providers: [ClaimHandler, ReleaseHandler] })], AppModule);

const postgres = await startEmbeddedServer({ dataDir: process.argv[2] });
log = await Log.open(postgres.url);
const app = await NestFactory.create(AppModule, new FastifyAdapter(), { logger: ['error'] });
app.useGlobalPipes(new ValidationPipe({ whitelist: true }));
await app.listen(0, '127.0.0.1');
console.log(`ready at ${await app.getUrl()}`);
process.once('SIGTERM', async () => {
  await app.close();
  await log.close();
  await postgres.stop();
});
