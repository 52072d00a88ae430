/** Reads what a plugin declares, once: what has another form than the contract is refused with its place. */
import type { StandardSchemaV1 } from '@standard-schema/spec';
import { type Plugin, withConfigure } from '../contracts/plugin.ts';
import { pluginMalformed } from '../errors/catalogue/plugins.ts';
import type { Problem } from '../errors/problem.ts';

/** Names stand in messages, in the lock and in paths; those of npm packages are among them. */
const pluginName = /^[\w@/.~-]{1,214}$/;
const kindName = /^[A-Za-z][\w.-]{0,99}$/;
const ruleName = /^[a-z][a-z0-9-]{0,49}\/[a-z][a-z0-9-]{0,49}$/;

const lists = ['kinds', 'renderers', 'backends', 'rules'] as const;

/**
 * A copy whose lists and hooks do not change any more; the declarations in it are the plugin's own objects, as their methods
 * may need `this`. Faults are added to `problems`.
 */
export function judgePlugin(declared: Plugin, path: string, problems: Problem[]): Plugin {
  const plugin = withConfigure(declared);
  const copy: Record<string, unknown> = { ...plugin, name: plugin.name, api: plugin.api };
  const refuse = (what: string) => problems.push(pluginMalformed(plugin, path, what));
  if (!pluginName.test(plugin.name)) refuse('its name has characters that no npm package has, or more than 214');
  for (const list of lists) {
    const declared = plugin[list] as unknown;
    if (declared === undefined) continue;
    if (!Array.isArray(declared)) refuse(`its ${list} are no list`);
    else copy[list] = declared.map((each, index) => judgeDeclared(each, list, `${list}[${index}]`, refuse));
  }
  if (plugin.problemDocs !== undefined && !areAddresses(plugin.problemDocs))
    refuse('its problemDocs are no object of addresses that begin with https:');
  if (plugin.hooks !== undefined) copy.hooks = judgeHooks(plugin.hooks, refuse);
  if (plugin.configure !== undefined && typeof plugin.configure !== 'function')
    refuse('its `configure` is no function');
  if (plugin.options !== undefined && !isSchema(plugin.options))
    refuse('its options are no schema: a Standard Schema, such as one of zod');
  return copy as unknown as Plugin;
}

type Refuse = (what: string) => void;

function judgeDeclared(declared: unknown, list: (typeof lists)[number], at: string, refuse: Refuse): unknown {
  if (list === 'rules') return judgeRule(declared, at, refuse);
  const { name, backend, kind } = (isObject(declared) ? declared : {}) as Record<string, unknown>;
  const names = list === 'renderers' ? [backend, kind] : [name];
  if (!names.every((one) => typeof one === 'string' && kindName.test(one)))
    refuse(`${at} has no name that begins with a letter and goes on with A-Z a-z 0-9 _ . -`);
  return declared;
}

function judgeRule(declared: unknown, at: string, refuse: Refuse): unknown {
  const { name, severity, reads, fix, check } = (isObject(declared) ? declared : {}) as Record<string, unknown>;
  if (typeof name !== 'string' || !ruleName.test(name)) refuse(`${at} has no name such as "pack/rule" of a-z 0-9 -`);
  if (severity !== 'error' && severity !== 'warning') refuse(`${at} has no severity: 'error' or 'warning'`);
  if (reads !== 'model' && reads !== 'plan') refuse(`${at} does not say what it reads: 'model' or 'plan'`);
  if (typeof fix !== 'string') refuse(`${at} does not say what to fix`);
  if (typeof check !== 'function') refuse(`${at} has no function \`check\``);
  return declared;
}

function judgeHooks(hooks: unknown, refuse: Refuse): Record<string, unknown> {
  if (!isObject(hooks)) {
    refuse('its hooks are no object');
    return {};
  }
  const copy = { ...hooks };
  for (const [hook, tap] of Object.entries(copy)) if (tap !== undefined && !isTap(tap)) refuse(tapRule(hook));
  return copy;
}

const tapRule = (hook: string) =>
  `its tap of "${hook}" is neither a function nor { handler, order: 'pre' or 'post', after: names of plugins }`;

function isTap(tap: unknown): boolean {
  if (typeof tap === 'function') return true;
  if (!isObject(tap) || typeof tap.handler !== 'function') return false;
  const { order, after } = tap;
  const isOrder = order === undefined || order === 'pre' || order === 'post';
  return isOrder && (after === undefined || (Array.isArray(after) && after.every((name) => typeof name === 'string')));
}

function areAddresses(value: unknown): boolean {
  return (
    isObject(value) && Object.values(value).every((one) => typeof one === 'string' && /^https:\/\/\S{1,500}$/.test(one))
  );
}

function isSchema(value: unknown): boolean {
  const standard = isObject(value) || typeof value === 'function' ? (value as Partial<StandardSchemaV1>) : {};
  return typeof standard['~standard']?.validate === 'function';
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
