/** What CloudFormation actions read of the build: templates and their configurations, apart from asset content. */

import { matches } from '../artifacts/select-files.ts';
import type { BuildOutput } from '../codebuild/build-output.ts';
import type { Drawing } from '../drawing/drawing.ts';
import { templatesArtifact } from '../names/names.ts';
import { configurationFile } from './template-configuration.ts';

/** The names that the CDK gives templates, so that the project stays the same when stacks are added. */
const usual = ['**/*.template.json', '**/*.template.json.config.json'];
/** CloudFormation reads templates of nested stacks where they were published. */
const unread = ['**/asset.*/**/*', '**/*.nested.template.json'];

/**
 * Empty where nothing is deployed. CodeBuild selects the files when it uploads the assembly, so both artifacts hold the
 * same version of each file, whatever the build did to it.
 */
export function templatesOutput({ plan, context }: Drawing, directory: string): BuildOutput[] {
  const deployed = new Set(plan.nodes.flatMap((node) => (isStackNode(node) ? `${node.deployment}/${node.stack}` : [])));
  const needed = context.assembly.deployments.flatMap(({ name, stacks }) =>
    stacks
      .filter(({ id }) => deployed.has(`${name}/${id}`))
      .flatMap((stack) => [stack.templateFile, configurationFile(stack)]),
  );
  if (needed.length === 0) return [];
  const other = needed.filter((file) => !matches(usual, file)).map(safePattern);
  return [
    {
      artifact: templatesArtifact,
      directory,
      selection: {
        files: [...usual, ...[...new Set(other)].sort()],
        excludePaths: unread.filter((pattern) => !needed.some((file) => matches([pattern], file))),
      },
    },
  ];
}

function isStackNode(node: Drawing['plan']['nodes'][number]) {
  return node.type === 'prepare' || node.type === 'execute';
}

/** The name, with a wildcard for what CodeBuild or YAML could interpret; it may select a file too many. */
function safePattern(file: string): string {
  return file.replaceAll(/[^A-Za-z0-9._/-]+/g, '*');
}
