/** All that `pacote` asks of npm's Arborist, to pack a repository which holds no installed packages. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Files that a repository holds below `node_modules` are left out, also where package.json bundles them. */
export class BareTree {
  readonly #path: string;

  constructor({ path }: { readonly path: string }) {
    this.#path = path;
  }

  async loadActual() {
    return {
      path: this.#path,
      package: JSON.parse(readFileSync(join(this.#path, 'package.json'), 'utf8')) as object,
      isProjectRoot: true,
      edgesOut: new Map<string, never>(),
    };
  }
}
