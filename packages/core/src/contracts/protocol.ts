/** The plugin protocol: which one this cdkpipe speaks, and which ones a plugin does. */

/** The plugin protocol this cdkpipe speaks; apart from npm versions. */
export const pluginApi = 1;

/** One protocol number, or all those that a plugin speaks, such as `[1, 2]`. */
export type SpokenProtocols = number | readonly number[];

export function speaksProtocol(spoken: unknown, protocol = pluginApi): boolean {
  return Array.isArray(spoken) ? spoken.includes(protocol) : spoken === protocol;
}

/** The number that is spoken with a plugin: ours where it speaks that, else its highest. */
export function protocolOf(spoken: SpokenProtocols): number {
  if (typeof spoken === 'number') return spoken;
  return speaksProtocol(spoken) ? pluginApi : Math.max(...spoken);
}

/** As people read it: `1`, or `1 and 2`. */
export function protocolText(spoken: unknown): string {
  return Array.isArray(spoken) ? spoken.join(' and ') : JSON.stringify(spoken);
}
