/** Where things are. */
import { join } from 'node:path';

const here = import.meta.dirname;

export const root = join(here, '..');
export const example = join(root, 'examples/orders');
export const template = join(here, 'app');
/** Generated; never committed. */
export const work = join(here, '.work');
export const readme = join(here, 'README.md');
