/** Where the program for child processes lies; found from the sources and from what is built of them alike. */
import { fileURLToPath } from 'node:url';

export const probeFile = fileURLToPath(new URL('../dist/probe.js', import.meta.url));
