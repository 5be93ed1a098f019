import { join } from 'node:path';
import { migrate } from '@coord/event-store/index';
import { ReadModels } from '@coord/projection-runner/index';
import { Injectable } from '@nestjs/common';

/** Which board was shown at a moment (docs/decisions/0016). */
@Injectable()
export class Moments {
  constructor(private readonly readModels: ReadModels) {}

  prepare(): Promise<unknown> {
    return migrate(this.readModels.sql, { folder: join(__dirname, 'migrations'), schema: 'status' });
  }
}
