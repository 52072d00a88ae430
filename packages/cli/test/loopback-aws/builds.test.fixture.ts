/** Runs a build of the deployed pipeline as CodeBuild would: the deployed project's commands, variables and role. */
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mayServiceAssume } from './authorization.test.fixture.ts';
import { awsCommand } from './aws-command.test.fixture.ts';
import { type DeployedAction, getAction } from './deployed-pipeline.test.fixture.ts';
import type { LoopbackAws } from './loopback-aws.test.fixture.ts';
import type { Resource } from './resource-store.test.fixture.ts';
import type { ToolHost, ToolOutcome } from './run-tool.test.fixture.ts';

export interface BuildHost {
  readonly aws: LoopbackAws;
  readonly host: ToolHost;
  /** Directory of programs that stand in for those of CodeBuild's image. */
  readonly programs: string;
}

interface Variable {
  readonly name: string;
  readonly value: string;
}

/** @param action name of the action in the deployed pipeline; `cwd` is what its input artifact holds */
export function runBuild({ aws, host, programs }: BuildHost, action: string, cwd: string): Promise<ToolOutcome> {
  const found = getAction(aws, action);
  const project = findProject(aws, found);
  const { Environment, Source, ServiceRole } = project.properties as unknown as ProjectProperties;
  const overrides = JSON.parse(found.configuration.EnvironmentVariables ?? '[]') as Variable[];
  const declared = (Environment.EnvironmentVariables ?? []).map(({ Name, Value }) => ({ name: Name, value: Value }));
  const variables = Object.fromEntries([...declared, ...overrides].map(({ name, value }) => [name, value]));
  const credentials = aws.world.identities.openSession(roleOf(aws, project, ServiceRole), 'AWSCodeBuild-1');
  return host.run(shellOf(Source.BuildSpec), ['-c', scriptOf(Source.BuildSpec)], {
    cwd,
    programs,
    env: { ...variables, ...aws.environment(credentials, project.region) },
  });
}

interface ProjectProperties {
  readonly Environment: {
    readonly EnvironmentVariables?: readonly { readonly Name: string; readonly Value: string }[];
  };
  readonly Source: { readonly BuildSpec: string };
  readonly ServiceRole: string;
}

function findProject(aws: LoopbackAws, { account, region, configuration }: DeployedAction): Resource {
  const { ProjectName = '' } = configuration;
  const project = aws.world.store.find('AWS::CodeBuild::Project', ProjectName, { account, region });
  if (!project) throw new Error(`there is no project ${ProjectName}`);
  return project;
}

/** CodeBuild User Guide, "Confused deputy prevention": the keys that it sends. */
function roleOf({ world }: LoopbackAws, project: Resource, arn: string): Resource {
  const role = world.store.findByArn(arn);
  const context = { 'aws:SourceArn': project.arn, 'aws:SourceAccount': project.account };
  if (!role || !mayServiceAssume(role, 'codebuild.amazonaws.com', context))
    throw new Error(`CodeBuild is not authorized to perform: sts:AssumeRole on ${arn}`);
  return role;
}

interface BuildSpec {
  readonly env?: { readonly shell?: string };
  readonly phases: Readonly<Record<string, { readonly commands?: readonly string[] }>>;
}

/** CodeBuild User Guide, "Build specification reference": `env/shell`, and sh where there is none. */
const shellOf = (buildSpec: string) => (JSON.parse(buildSpec) as BuildSpec).env?.shell ?? 'sh';

/** One shell for all commands, as in version 0.2; the first that fails ends the build. */
function scriptOf(buildSpec: string): string {
  const { phases } = JSON.parse(buildSpec) as BuildSpec;
  const commands = ['install', 'pre_build', 'build', 'post_build'].flatMap((phase) => phases[phase]?.commands ?? []);
  return commands.map((command) => `${command}\nstatus=$?; [ $status -eq 0 ] || exit $status`).join('\n');
}

/**
 * Programs of CodeBuild's image that this machine may not have, and an `npm` that only writes down what it was asked to
 * install: the tools come from this repository.
 */
export function makePrograms(directory: string, others: Readonly<Record<string, string>> = {}): string {
  const programs = join(directory, 'programs');
  mkdirSync(programs, { recursive: true });
  const npm = `#!/bin/sh\necho "$@" >> '${join(directory, 'installed')}'\n`;
  const all = { npm, aws: awsCommand, ...others };
  for (const [name, text] of Object.entries(all)) {
    writeFileSync(join(programs, name), text);
    chmodSync(join(programs, name), 0o755);
  }
  return programs;
}
