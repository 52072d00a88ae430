// Writes definition.schema.json: the JSON Schema of a definition, with the kinds and backends of this repository.
import { writeFileSync } from 'node:fs';
import codePipeline from '@cdkpipe/backend-codepipeline';
import local from '@cdkpipe/backend-local';
import { describeKind, describeRule, optionSchemaOf } from '@cdkpipe/core';
import { definitionJsonSchema } from '@cdkpipe/core/host';

const names = [
  'manual-approval',
  'codebuild-approval',
  'lambda-approval',
  'bake-approval',
  'window-approval',
  'security-approval',
  'safe-deployments',
];
const plugins = await Promise.all(names.map(async (name) => (await import(`@cdkpipe/plugin-${name}`)).default));
const backends = [codePipeline, local].flatMap((plugin) => plugin.backends ?? []);
const schema = definitionJsonSchema({
  kinds: plugins.flatMap((plugin) => (plugin.kinds ?? []).map(describeKind)),
  rules: plugins.flatMap((plugin) => (plugin.rules ?? []).map(describeRule)),
  backends: Object.fromEntries(
    backends.flatMap(({ name, options }) => {
      const known = options && optionSchemaOf(options);
      return known ? [[name, known]] : [];
    }),
  ),
  plugins: Object.fromEntries(
    plugins.map(({ name, options }) => [name, options ? (optionSchemaOf(options) ?? {}) : false]),
  ),
});
writeFileSync(new URL('definition.schema.json', import.meta.url), JSON.stringify(schema));
