/** Looks at Node.js and at the CDK that is installed around the definition. */
import { type FoundReleases, findPackage } from '@cdkpipe/core/host';
import { satisfies } from 'semver';
import type { Finding } from './finding.ts';

/** `engines` of every package of cdkpipe. */
const supportedNode = '>=20.19.0';

/** Of aws-cdk; from 3.0.0 on it is another program, which refuses the assemblies of aws-cdk-lib 2. */
const supportedCli = '2.x';

export function checkNode(version: string): Finding {
  const check = 'node';
  if (satisfies(version, supportedNode)) return { check, status: 'ok', message: `Node.js ${version}` };
  return {
    check,
    status: 'failure',
    message: `Node.js ${version} is not in the supported range ${supportedNode}`,
    fix: 'install a supported release from https://nodejs.org',
  };
}

export function checkCdk({ cdk, constructs, supportedCdk, problems }: FoundReleases): Finding[] {
  const [problem] = problems;
  if (problem)
    return [
      {
        check: 'aws-cdk-lib',
        status: 'failure',
        message: problem.message,
        fix: `npm install aws-cdk-lib@${supportedCdk} constructs@^10.0.0`,
        code: problem.code,
      },
    ];
  return [
    { check: 'aws-cdk-lib', status: 'ok', message: `aws-cdk-lib ${cdk}, supported: ${supportedCdk}` },
    { check: 'constructs', status: 'ok', message: `constructs ${constructs}` },
  ];
}

/**
 * Whether the `cdk` command of the project can read what is synthesised. The schema that it reads is one of the packages it
 * was built with.
 *
 * @param schema version of the schema of the assembly; undefined where there is none yet
 */
export function checkCli(directory: string, schema: string | undefined): Finding {
  const check = 'aws-cdk';
  const install = 'npm install --save-dev aws-cdk@2';
  const found = findPackage('aws-cdk', directory)?.description as CliDescription | undefined;
  if (found === undefined)
    return { check, status: 'warning', message: 'the cdk command is not installed in the project', fix: install };
  const version = String(found.version);
  if (!satisfies(version, supportedCli))
    return {
      check,
      status: 'failure',
      message: `aws-cdk ${version} is not in the supported range ${supportedCli}`,
      fix: install,
    };
  const [read, written] = [majorOf(found.devDependencies?.['@aws-cdk/cloud-assembly-schema']), majorOf(schema)];
  if (read !== undefined && written !== undefined && read < written)
    return {
      check,
      status: 'failure',
      message: `aws-cdk ${version} reads cloud assemblies up to schema ${read}, and this one has schema ${written}`,
      fix: install,
    };
  return { check, status: 'ok', message: `aws-cdk ${version}` };
}

interface CliDescription {
  readonly version?: unknown;
  readonly devDependencies?: Readonly<Record<string, unknown>>;
}

function majorOf(version: unknown): number | undefined {
  const [, major] = /^\D*(\d+)\./.exec(String(version)) ?? [];
  return major === undefined ? undefined : Number(major);
}
