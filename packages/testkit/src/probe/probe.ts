/** The program for child processes: imports a package, lowers, or draws, and writes down what it saw. */
import { writeFileSync } from 'node:fs';
import { checkPackage } from '../check-package.ts';
import { lowerAll } from './lower-all.ts';
import { traceImport } from './trace-import.ts';

const [task, ...args] = process.argv.slice(2);

switch (task) {
  case 'import': {
    const [project = '', name = '', answer = ''] = args;
    writeFileSync(answer, JSON.stringify(await traceImport(project, name)));
    process.send?.('imported');
    // The channel alone must not keep the process.
    process.disconnect?.();
    break;
  }
  case 'lower': {
    const [directory = '', answer = ''] = args;
    writeFileSync(answer, JSON.stringify(await lowerAll(directory)));
    process.exit(0);
    break;
  }
  case 'check': {
    const [directory = '', answer = ''] = args;
    writeFileSync(answer, JSON.stringify(await checkPackage({ directory })));
    process.exit(0);
  }
}
