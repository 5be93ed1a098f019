/** What stands at the root, outside the prefix of the API (protocol, "Service"). */
export const SERVICE_ROUTES = ['health', 'api/coord/health', 'livez', 'readyz', 'metrics', 'openapi.json', 'docs', 'docs/:file'];
