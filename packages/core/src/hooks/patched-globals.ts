/** Notices when a plugin replaces a function that all code of the process uses, and puts the original back. */
import childProcess from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import { globalsPatched } from '../errors/catalogue/plugins.ts';
import { pluginFailed } from '../errors/cdkpipe-error.ts';
import type { PluginWork } from '../errors/plugin-at-work.ts';

/**
 * What decides for others: values, order, time, files, processes, digests. Left out is what honest packages replace:
 * graceful-fs, which npm's own packages bring, `fs.close`, `fs.closeSync`, `process.cwd` and `process.chdir`
 * (https://github.com/isaacs/node-graceful-fs/blob/main/polyfills.js); progress bars, the `write` of streams; source maps,
 * `Error.prepareStackTrace`. What is only added breaks nobody.
 */
const watched: readonly (readonly [name: string, owner: object, keys: readonly string[]])[] = [
  [
    '',
    globalThis,
    [
      ...[
        'Array',
        'Boolean',
        'Buffer',
        'Date',
        'Error',
        'Function',
        'JSON',
        'Map',
        'Math',
        'Number',
        'Object',
        'Promise',
      ],
      ...['Proxy', 'Reflect', 'RegExp', 'Set', 'String', 'Symbol', 'URL', 'WeakMap', 'AbortController', 'AbortSignal'],
      ...['fetch', 'structuredClone', 'queueMicrotask', 'eval', 'parseInt', 'isNaN'],
      ...['setTimeout', 'setInterval', 'setImmediate', 'clearTimeout', 'clearInterval'],
    ],
  ],
  ['JSON.', JSON, ['parse', 'stringify']],
  ['Math.', Math, ['max', 'min', 'random']],
  ['Date.', Date, ['now', 'parse']],
  [
    'Object.',
    Object,
    [
      'assign',
      'defineProperty',
      'entries',
      'freeze',
      'fromEntries',
      'getPrototypeOf',
      'hasOwn',
      'isFrozen',
      'keys',
      'values',
    ],
  ],
  ['Object.prototype.', Object.prototype, ['hasOwnProperty', 'toString', 'valueOf', 'propertyIsEnumerable']],
  ['Array.', Array, ['from', 'isArray']],
  [
    'Array.prototype.',
    Array.prototype,
    [
      ...[
        'concat',
        'every',
        'filter',
        'find',
        'findIndex',
        'flat',
        'flatMap',
        'forEach',
        'includes',
        'indexOf',
        'join',
      ],
      ...['map', 'pop', 'push', 'reduce', 'shift', 'slice', 'some', 'sort', 'splice', 'unshift', 'values'],
    ],
  ],
  [
    'String.prototype.',
    String.prototype,
    ['endsWith', 'includes', 'replace', 'replaceAll', 'slice', 'split', 'startsWith'],
  ],
  ['RegExp.prototype.', RegExp.prototype, ['exec', 'test']],
  ['Function.prototype.', Function.prototype, ['apply', 'bind', 'call']],
  ['Map.prototype.', Map.prototype, ['get', 'has', 'set', 'entries', 'values']],
  ['Set.prototype.', Set.prototype, ['add', 'has', 'values']],
  ['Promise.', Promise, ['all', 'allSettled', 'race', 'reject', 'resolve']],
  ['Promise.prototype.', Promise.prototype, ['catch', 'finally', 'then']],
  ['Reflect.', Reflect, ['apply', 'ownKeys', 'getOwnPropertyDescriptor']],
  ['process.', process, ['exit', 'abort', 'kill', 'nextTick', 'hrtime', 'on', 'once', 'off', 'emit', 'getuid']],
  [
    'fs.',
    fs,
    [
      ...[
        'readFileSync',
        'writeFileSync',
        'existsSync',
        'lstatSync',
        'readdirSync',
        'renameSync',
        'rmSync',
        'mkdirSync',
      ],
      ...['openSync', 'readSync', 'writeSync', 'createReadStream', 'createWriteStream'],
    ],
  ],
  ['fs.promises.', fs.promises, ['readFile', 'writeFile', 'lstat', 'readdir', 'rename', 'rm', 'mkdir', 'open', 'cp']],
  ['child_process.', childProcess, ['exec', 'execFile', 'execFileSync', 'fork', 'spawn', 'spawnSync']],
  ['crypto.', crypto, ['createHash', 'randomBytes', 'timingSafeEqual', 'verify', 'createVerify']],
];

interface Original {
  readonly name: string;
  readonly owner: object;
  readonly key: string;
  readonly descriptor: PropertyDescriptor;
}

// Taken by themselves, as they may be what is replaced.
const { getOwnPropertyDescriptor, defineProperty, is } = Object;

const originals: readonly Original[] = watched.flatMap(([prefix, owner, keys]) =>
  keys.flatMap((key) => {
    const descriptor = getOwnPropertyDescriptor(owner, key);
    return descriptor ? [{ name: `${prefix}${key}`, owner, key, descriptor }] : [];
  }),
);

/** `process.exit` and its like are replaced by us while plugins are watched: what counts is what was there before. */
export type GlobalsBefore = readonly (PropertyDescriptor | undefined)[];

export function lookAtGlobals(): GlobalsBefore {
  return originals.map(({ owner, key }) => getOwnPropertyDescriptor(owner, key));
}

let expected: GlobalsBefore = originals.map(({ descriptor }) => descriptor);

/** Says that what stands now is right: whoever replaced something was none of a plugin's code. */
export function expectGlobals(): void {
  expected = lookAtGlobals();
}

/**
 * @throws CdkpipeError (`source: 'plugin'`) naming what is not as expected, when the originals are back in place
 */
export function refuseIfPatched(work: PluginWork): void {
  const names: string[] = [];
  for (let index = 0; index < originals.length; index++) {
    const { name, owner, key } = originals[index] as Original;
    const before = expected[index];
    const now = getOwnPropertyDescriptor(owner, key);
    if (before === undefined || isSame(before, now)) continue;
    names[names.length] = name;
    try {
      defineProperty(owner, key, before);
    } catch {
      // Made unchangeable; the process ends with the fault.
    }
  }
  if (names.length > 0) throw pluginFailed([globalsPatched(work, names)]);
}

/** An accessor that has become a value was loaded on demand, as Node.js does with some of its own. */
function isSame(before: PropertyDescriptor, now: PropertyDescriptor | undefined): boolean {
  if (now === undefined) return false;
  return before.get ? is(before.get, now.get) || now.value !== undefined : is(before.value, now.value);
}
