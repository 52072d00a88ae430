import { fileURLToPath } from 'node:url';
import { describePlugin } from '@cdkpipe/testkit/vitest';
import plugin from './index.ts';

// CDKPIPE_WRITE_README=1 writes the table of README.md anew.
describePlugin(plugin, { directory: fileURLToPath(new URL('..', import.meta.url)) });
