/** Checks of what happens when the package is imported, in a process of its own. */
import type { Check } from '../check/check.ts';
import { importAlone } from '../probe/import-alone.ts';

export const importsCheck: Check = {
  id: 'CP111',
  severity: 'error',
  title: 'it can be imported by its name',
  why: 'a definition lists a plugin by its name or imports it; both go by the exports of package.json',
  fix: 'build the package, and let exports["."] lead to a file that is in the tarball; every import of it must be a dependency or a peer',
  looksAt: 'package',
  run: async (packed) => {
    const { failure } = await importAlone(packed);
    return failure === undefined ? [] : [{ message: failure }];
  },
};

export const silentImportCheck: Check = {
  id: 'CP112',
  severity: 'error',
  title: 'importing it prints nothing',
  why: 'every cdkpipe command imports it, also those whose stdout is one JSON document',
  fix: 'remove what prints while the module is loaded',
  looksAt: 'package',
  run: async (packed) => {
    const { printed } = await importAlone(packed);
    return printed === '' ? [] : [{ message: `it prints ${JSON.stringify(printed.slice(0, 200))}` }];
  },
};

export const cleanImportCheck: Check = {
  id: 'CP113',
  severity: 'error',
  title: 'importing it leaves globals, environment, working directory and signal handlers alone',
  why: 'it shares its process with the CDK, the definition and other plugins',
  fix: 'do such work when a function of the plugin is called, and give back what was taken',
  looksAt: 'package',
  run: async (packed) => (await importAlone(packed)).traces.map((message) => ({ message })),
};

export const endingImportCheck: Check = {
  id: 'CP114',
  severity: 'error',
  title: 'a process that has imported it ends by itself',
  why: 'a timer, socket or worker that is opened while the module is loaded keeps every command from ending',
  fix: 'open nothing while the module is loaded, or unref() it',
  looksAt: 'package',
  run: async (packed) => {
    const { ends, failure } = await importAlone(packed);
    return ends || failure !== undefined ? [] : [{ message: 'it still runs 3 seconds after the import' }];
  },
};
