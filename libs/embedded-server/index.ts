export { type BackupManifest, type BackupOptions, takeBackup } from './backup';
export { connectToRunning } from './connection';
export { EmbeddedServerError } from './errors';
export { restoreBackup } from './restore-backup';
export { type EmbeddedServer, type EmbeddedServerOptions, startEmbeddedServer } from './server';
