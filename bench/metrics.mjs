// The projection lag as the engine measures it: Prometheus buckets of its own histogram.

/** Cumulated counts by upper bound (s). */
export async function lagSeries(url) {
  const text = await (await fetch(`${url}/metrics`)).text();
  return [...text.matchAll(/^coord_projection_lag_seconds_bucket\{le="([^"]+)"\} (\d+)/gm)].map(([, le, count]) => ({
    le: le === '+Inf' ? Number.POSITIVE_INFINITY : Number(le),
    count: Number(count),
  }));
}

/** The upper bound (ms) of the bucket that holds the quantile of what came between two readings. */
export function lagQuantile(before, after, q) {
  const fresh = after.map(({ le, count }, i) => ({ le, count: count - (before[i]?.count ?? 0) }));
  const total = fresh.at(-1)?.count ?? 0;
  return 1_000 * (fresh.find(({ count }) => count >= total * q)?.le ?? 0);
}
