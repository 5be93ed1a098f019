/**
 * What Postgres is started with, beside folder and port. `fsync`, `synchronous_commit` and `full_page_writes` stay on, as they are by default.
 * The engine needs few connections and must leave most of a small machine's memory to others.
 */
const SETTINGS: Record<string, string | number> = {
  listen_addresses: '127.0.0.1',
  // In the cluster's own folder, which is where a server works. Its programs reach it by a shorter way than over TCP.
  unix_socket_directories: process.platform === 'win32' ? '' : '.',

  // An engine takes up to fifteen, and several may share the server.
  max_connections: 100,
  shared_buffers: '40MB',
  wal_buffers: '1MB',
  maintenance_work_mem: '32MB',
  autovacuum_max_workers: 2,
  autovacuum_worker_slots: 2,
  // Parallel queries take shared memory from /dev/shm, of which a container has little.
  max_parallel_workers_per_gather: 0,
  max_parallel_maintenance_workers: 0,
  max_logical_replication_workers: 0,
  max_worker_processes: 2,
  // The worker processes of the default cost memory and gain nothing when the data fits in the cache.
  io_method: 'sync',
  jit: 'off',
  huge_pages: 'off',

  max_wal_size: '256MB',
  min_wal_size: '64MB',
  checkpoint_timeout: '10min',
  // For a backup while it runs (pg_basebackup).
  wal_level: 'replica',
  max_wal_senders: 2,
  max_replication_slots: 2,

  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
  log_line_prefix: '%m [%p] ',
  logging_collector: 'off',
  cluster_name: 'coord',
};

/** The arguments for `postgres`. */
export const settingArguments = (): string[] => Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
