/**
 * Draws the build that uploads assets a wave needs in one environment. The publishers of one account share a project, and
 * may assume each other's roles there, unless the option asks for a publisher of each asset.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Architecture, environmentName, type PublishNode } from '@cdkpipe/core';
import { defaultArmImage } from '../aws/curated-images.ts';
import { imageArchitecture } from '../codebuild/build-image.ts';
import { drawProject } from '../codebuild/draw-project.ts';
import { findImage } from '../codebuild/settle-work.ts';
import type { ActionDeclaration } from '../contract/action-declaration.ts';
import type { Drawing } from '../drawing/drawing.ts';
import { assemblyArtifact, publishListFile } from '../names/names.ts';
import { roleArn } from '../stacks/bootstrap-roles.ts';
import { installTool } from '../tools/install-tool.ts';
import { findTool } from '../tools/tool-versions.ts';
import { readableManifest } from './readable-manifest.ts';

// Manifests and selectors reach the tool as arguments of their own, whatever their characters.
const upload = [
  "tr '\\n' '\\000' < \"$CDKPIPE_ASSETS\" |",
  'xargs -0 -n 2 -P "$CDKPIPE_CONCURRENCY" sh -c \'cdk-assets --path "$0" publish "$1"\'',
].join(' ');

export function drawPublish(drawing: Drawing, node: PublishNode): ActionDeclaration {
  const { cdk, context } = drawing;
  const place = { path: node.path, node: node.id };
  const { concurrency, publish: grouping } = context.options.assets;
  const sharing = grouping === 'together' ? publishersLike(node, drawing) : [node];
  const roleArns = [...new Set(sharing.flatMap((each) => each.roleArns))];
  const list = { CDKPIPE_ASSETS: writeList(context.app.outdir, node) };
  const tool = installTool('cdk-assets', findTool('cdk-assets', context.projectDirectory), 'CDKPIPE_TOOL');
  const variables = {
    ...(sharing.length > 1 ? {} : list),
    CDKPIPE_CONCURRENCY: String(concurrency),
  };
  const work = {
    nodeId: node.id,
    layer: 'assets' as const,
    ...armImage(node, drawing),
    description: `Publishes assets to ${sharing.length > 1 ? node.env.account : environmentName(node.env)}`,
    category: 'Build' as const,
    isGate: false,
    setup: [tool.command],
    installCommands: [],
    commands: [upload],
    variables: [
      ...tool.variables,
      ...Object.entries(variables).map(([name, value]) => ({ name, type: 'PLAINTEXT' as const, value })),
    ],
    resolvedVariables: sharing.length > 1 ? list : {},
    exports: [],
    inputs: [assemblyArtifact] as const,
    grants: [
      {
        actions: ['sts:AssumeRole', ...(tagsSessions(drawing, roleArns) ? ['sts:TagSession'] : [])],
        resources: roleArns.map((arn) => roleArn(cdk, arn, place)),
        reason: 'upload assets as the publishing roles their manifests name',
      },
    ],
    privileged: node.docker,
    statements: [],
    restartsPipeline: false,
  };
  return drawProject(drawing, drawing.scopeOf(node.id, drawing.home), work, place);
}

/** Where nothing is said of the image, images for ARM are built in CodeBuild's own for ARM; one that is said was checked. */
function armImage({ architecture }: PublishNode, { context }: Drawing): { readonly image?: string } {
  const chosen = findImage(context.options.codeBuildDefaults, 'assets', undefined);
  return architecture === 'arm64' && chosen === undefined ? { image: defaultArmImage } : {};
}

/** The architecture of the machine that it runs on. */
function machineOf({ architecture }: PublishNode, { context }: Drawing): Architecture {
  return architecture ?? imageArchitecture(findImage(context.options.codeBuildDefaults, 'assets', undefined));
}

/**
 * Those of the same account on the same kind of machine; what builds images has a privileged one and credentials, which
 * others have no use for.
 */
function publishersLike(node: PublishNode, drawing: Drawing): PublishNode[] {
  return drawing.plan.nodes
    .filter((other) => other.type === 'publish')
    .filter(({ env, docker }) => env.account === node.env.account && docker === node.docker)
    .filter((other) => machineOf(other, drawing) === machineOf(node, drawing));
}

/** `cdk-assets` assumes a role with the session tags that the manifest gives it. */
function tagsSessions({ context }: Drawing, roleArns: readonly string[]): boolean {
  const assets = context.assembly.deployments.flatMap(({ stacks }) => stacks.flatMap((stack) => stack.assets));
  return assets.some(({ roleArn, tagsSession }) => tagsSession && roleArn !== undefined && roleArns.includes(roleArn));
}

/**
 * Writes what to publish into the assembly, a line each for manifest and selector, and returns the file's path there. It
 * does not stand in the project, which therefore stays the same when only the content of assets changes.
 */
function writeList(assemblyDirectory: string, node: PublishNode): string {
  const file = publishListFile(node.id);
  const path = join(assemblyDirectory, file);
  mkdirSync(dirname(path), { recursive: true });
  const manifests = [...new Set(node.assets.map(({ manifest }) => manifest))];
  const readable = new Map(manifests.map((manifest) => [manifest, readableManifest(assemblyDirectory, manifest)]));
  writeFileSync(path, node.assets.map(({ manifest, selector }) => `${readable.get(manifest)}\n${selector}\n`).join(''));
  return file;
}
