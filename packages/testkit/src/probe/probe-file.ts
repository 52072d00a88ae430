/** Where the program for child processes lies. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

// The package finds itself by name, so that the sources and the bundle find the same file.
const manifest = createRequire(import.meta.url).resolve('@cdkpipe/testkit/package.json');

export const probeFile = join(dirname(manifest), 'dist/probe.js');
