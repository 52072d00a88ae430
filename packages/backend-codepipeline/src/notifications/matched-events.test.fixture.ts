/** Asks moto, which implements the patterns of EventBridge, which rules an event matches. */
import { execFileSync, spawnSync } from 'node:child_process';

export const hasMoto = spawnSync('python3', ['-c', 'import moto.events.models'], { stdio: 'ignore' }).status === 0;

const script = `
import json, sys
from moto.events.models import EventPattern
asked = json.load(sys.stdin)
matched = lambda event: [name for name, pattern in asked["patterns"].items() if EventPattern(None, pattern).matches_event(event)]
print(json.dumps([matched(event) for event in asked["events"]]))
`;

/** @returns for each event the names of the patterns that it matches */
export function matchedBy(patterns: Readonly<Record<string, unknown>>, events: readonly unknown[]): string[][] {
  return JSON.parse(
    execFileSync('python3', ['-c', script], { input: JSON.stringify({ patterns, events }), encoding: 'utf8' }),
  );
}
