/** Refuses a deployment whose API answers slowly: asks for an order that does not exist and takes the 90th percentile. */

export interface LatencyCheck {
  readonly url: string;
  readonly limitMs: number;
  readonly samples?: number;
}

export async function handler({ url, limitMs, samples = 20 }: LatencyCheck): Promise<{ p90Ms: number }> {
  await timeRequest(url); // the first request pays for the cold start
  const times: number[] = [];
  for (let i = 0; i < samples; i++) times.push(await timeRequest(url));

  times.sort((a, b) => a - b);
  const p90Ms = Math.round(times[Math.ceil(times.length * 0.9) - 1] ?? 0);
  if (p90Ms > limitMs) throw new Error(`${url} takes ${p90Ms} ms (90th percentile), the limit is ${limitMs} ms`);
  return { p90Ms };
}

async function timeRequest(url: string): Promise<number> {
  const start = performance.now();
  const response = await fetch(`${url}/orders/00000000-0000-0000-0000-000000000000`, {
    signal: AbortSignal.timeout(10_000),
  });
  await response.text();
  if (response.status !== 404) throw new Error(`${url} answered ${response.status} where 404 was expected`);
  return performance.now() - start;
}
