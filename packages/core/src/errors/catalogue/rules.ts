/** Words for lint rules: what they find, how they are set, and rules that break their contract. */
import { suggest } from '../near-misses.ts';
import type { PluginWork } from '../plugin-at-work.ts';
import type { Problem } from '../problem.ts';
import { attribution, blame } from './plugins.ts';

interface NamedPlugin {
  readonly name: string;
  readonly version?: string;
}

interface Violation {
  readonly rule: string;
  readonly plugin: NamedPlugin;
  readonly message: string;
  readonly path: string;
  readonly fix: string;
  readonly node: string | undefined;
  readonly docs: string | undefined;
}

export const ruleViolated = ({ rule, plugin, message, path, fix, node, docs }: Violation): Problem => ({
  code: 'RULE_VIOLATED',
  message,
  ...(path === '' ? {} : { path }),
  fix,
  rule,
  ...attribution(plugin),
  ...(node === undefined ? {} : { node }),
  ...(docs === undefined ? {} : { docs }),
});

export const ruleUnknown = (path: string, name: string, known: readonly string[]): Problem => ({
  code: 'RULE_UNKNOWN',
  message: `no plugin of the definition has a rule "${name}"`,
  path,
  fix: known.length > 0 ? suggest(name, known) : 'add the plugin that has the rule to `plugins`',
});

/** A warning: what it was written for is gone, and it would hide what comes later. */
export const acknowledgementUnused = (path: string, rule: string): Problem => ({
  code: 'ACKNOWLEDGEMENT_UNUSED',
  message: `the rule "${rule}" warns of nothing here that could be acknowledged`,
  path,
  fix: 'remove the acknowledgement',
  rule,
});

/** Appended to the fix of an error that somebody acknowledged. */
export const errorsStay = (rule: string): string =>
  `only warnings can be acknowledged: set "${rule}" to 'warning' in \`rules\` first`;

export const ruleTaken = (name: string, plugin: NamedPlugin, holder: NamedPlugin): Problem => ({
  code: 'RULE_TAKEN',
  message: `the rule "${name}" is already provided by ${holder.name}`,
  fix: `remove one of the two plugins, ${plugin.name} or ${holder.name}`,
  ...attribution(plugin),
});

export const ruleResultInvalid = (work: PluginWork, message: string): Problem => ({
  code: 'RULE_RESULT_INVALID',
  message: `${work.what} returned something that cannot be used: ${message}`,
  fix: 'report it to the author of the plugin',
  ...blame(work),
});
