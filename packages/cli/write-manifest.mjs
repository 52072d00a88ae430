// Writes oclif.manifest.json, which spares each start of cdkpipe from loading the commands to learn their flags.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Plugin } from '@oclif/core';

const plugin = new Plugin({
  root: fileURLToPath(new URL('.', import.meta.url)),
  type: 'core',
  ignoreManifest: true,
  errorOnManifestCreate: true,
  respectNoCacheDefault: true,
});
await plugin.load();
writeFileSync(new URL('oclif.manifest.json', import.meta.url), JSON.stringify(plugin.manifest));
