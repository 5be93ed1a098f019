export { connectToRunning } from './connection';
export { defaultDataDir } from './data-folder';
export { EmbeddedServerError } from './errors';
export { type EmbeddedServer, type EmbeddedServerOptions, startEmbeddedServer } from './server';
