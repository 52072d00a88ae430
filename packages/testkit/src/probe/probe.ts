/**
 * The program for child processes: imports a package, lowers, or draws, and writes down what it saw. Each loads what it
 * needs alone.
 */
import { writeFileSync } from 'node:fs';

const [task, ...args] = process.argv.slice(2);

switch (task) {
  case 'import': {
    const { traceImport } = await import('./trace-import.ts');
    const [project = '', name = '', answer = ''] = args;
    writeFileSync(answer, JSON.stringify(await traceImport(project, name)));
    process.send?.('imported');
    // The channel alone must not keep the process.
    process.disconnect?.();
    break;
  }
  case 'lower': {
    const { lowerAll } = await import('./lower-all.ts');
    const [directory = '', answer = ''] = args;
    writeFileSync(answer, JSON.stringify(await lowerAll(directory)));
    process.exit(0);
    break;
  }
  case 'check': {
    const { checkPackage } = await import('../check-package.ts');
    const [directory = '', answer = ''] = args;
    writeFileSync(answer, JSON.stringify(await checkPackage({ directory })));
    process.exit(0);
  }
}
