import type { CoordClient } from '@coord/client/index';
import type { Names } from './names';
import type { ProjectLog } from './project-log';
import type { Report } from './report';
import type { SchemaFiles } from './schema-files';
import type { Settling } from './settling';

/** What the parts of a mirror share. */
export interface MirroredProject {
  api: CoordClient;
  project_key: string;
  names: Names;
  log: ProjectLog;
  schemas: SchemaFiles;
  settling: Settling;
  /** Of the pass under way. */
  report: Report;
}
