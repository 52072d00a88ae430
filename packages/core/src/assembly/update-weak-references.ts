/** Changes templates whenever an output that they read with a weak reference may have changed: `updateWeakReferences`. */
import { readFileSync } from 'node:fs';
import type * as cxApi from 'aws-cdk-lib/cx-api';
import type { CdkLibrary } from '../contracts/backend.ts';
import { stackQuotas } from '../contracts/stack-quotas.ts';
import * as words from '../errors/catalogue/assembly.ts';
import type { Problem } from '../errors/problem.ts';
import { replaceTemplate } from './replace-template.ts';
import type { Template, TemplateResource } from './values/template.ts';
import { findWeakReads, type WeakReads } from './values/weak-digests.ts';

/** In the `Metadata` of each resource that has a reference. */
export const readsKey = 'cdkpipe:reads';
/** Start of the logical ID of a resource that is there where an output has the reference, as an output has no `Metadata`. */
export const readsPrefix = 'CdkpipeReads';

/**
 * CloudFormation "updates resources based on differences between what you submit and the stack's current template" (User Guide,
 * Understand update behaviors of stack resources), so the resource that reads must differ itself. A change of `Metadata` is such a
 * difference and replaces nothing (API reference, ResourceTargetDefinition: `Attribute`, `RequiresRecreation`); a change of the
 * reference could replace the resource (aws-cdk#38829). Outputs are resolved with every update; a handle without properties, which
 * nothing waits for, makes one (Template Reference, AWS::CloudFormation::WaitConditionHandle).
 *
 * @returns the assembly as it is now
 */
export function updateWeakReferences(
  assembly: cxApi.CloudAssembly,
  deployment: { readonly path: string; readonly name: string },
  cdk: CdkLibrary,
  problems: Problem[],
): cxApi.CloudAssembly {
  const stacks = assembly.stacksRecursively.map((artifact) => {
    const text = readFileSync(artifact.templateFullPath, 'utf8');
    const { account, region } = artifact.environment;
    const { hierarchicalId: id, stackName, parameters } = artifact;
    return {
      artifact,
      id,
      text,
      template: JSON.parse(text) as Template,
      stackName,
      env: { account, region },
      parameters,
    };
  });
  const reads = findWeakReads(stacks);
  for (const { artifact, id, template } of stacks) {
    const found = reads.get(id);
    if (found === undefined) continue;
    const path = `${deployment.path} (stack ${id})`;
    const marked = markReads(template, found);
    if (Object.keys(marked.Resources ?? {}).length > stackQuotas.resources) {
      problems.push(words.updatesNoRoom(path, id, stackQuotas.resources));
      continue;
    }
    const fixedKey = replaceTemplate(artifact, marked);
    if (fixedKey !== undefined) problems.push(words.templateKeyFixed(path, id, fixedKey));
  }
  const { CloudAssembly } = cdk.require('aws-cdk-lib/cx-api') as typeof cxApi;
  return new CloudAssembly(assembly.directory);
}

function markReads(template: Template, { resources, rest }: WeakReads): Template {
  const marked = Object.entries(template.Resources ?? {}).map(([id, resource]) => {
    const digest = resources.get(id);
    return [id, digest === undefined ? resource : markResource(resource, digest)] as const;
  });
  const handle: [string, TemplateResource][] =
    rest === undefined ? [] : [[`${readsPrefix}${rest}`, { Type: 'AWS::CloudFormation::WaitConditionHandle' }]];
  return { ...template, Resources: Object.fromEntries([...marked, ...handle]) };
}

function markResource(resource: TemplateResource & { readonly Metadata?: object }, digest: string): TemplateResource {
  return { ...resource, Metadata: { ...resource.Metadata, [readsKey]: digest } } as TemplateResource;
}
