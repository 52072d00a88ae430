/** A call of AWS in the life of a pipeline: who, action, resource, condition keys, and where it is said. */
import type { Call, Cloud } from '../cloud/cloud.test.fixture.ts';
import type { Env, Json } from '../cloud/template.test.fixture.ts';
import { type Caller, type Context, listOf, type OneOrMore } from '../iam/policy.test.fixture.ts';
import type { Source } from './sources.test.fixture.ts';

export interface LifeCall extends Call {
  /** What is being done, for messages. */
  readonly says: string;
  readonly source: Source;
}

/** A row of the table: each action on each resource. */
export interface Row {
  readonly actions: OneOrMore<string>;
  readonly on: OneOrMore<string>;
  readonly with?: Context;
  readonly source: Source;
}

/** A pipeline and all that surrounds it at one moment. */
export interface Life {
  readonly cloud: Cloud;
  /** Directory of the cloud assembly that is built and deployed. */
  readonly assembly: string;
  readonly home: Env;
  readonly pipeline: DeployedPipeline;
}

export interface DeployedPipeline {
  readonly arn: string;
  readonly name: string;
  readonly roleArn: string;
  /** Of `AWS::CodePipeline::Pipeline`. */
  readonly properties: Json;
}

export function callsOf(says: string, caller: Caller, rows: readonly Row[]): LifeCall[] {
  return rows.flatMap(({ actions, on, with: context = {}, source }) =>
    listOf(actions).flatMap((action) =>
      listOf(on).map((resource) => ({ says, caller, action, resource, context, source })),
    ),
  );
}

/**
 * A service takes on a role. Where AWS does not say that the service sends the keys against the confused deputy, both
 * must work: with them and without.
 */
export function assumedBy(
  service: string,
  role: string,
  { sourceArn, source, sendsKeys }: { sourceArn: string; source: Source; sendsKeys: boolean },
): LifeCall[] {
  const keys = { 'aws:SourceArn': sourceArn, 'aws:SourceAccount': role.split(':')[4] ?? '' };
  return [keys, ...(sendsKeys ? [] : [{}])].flatMap((context) =>
    callsOf(`${service} takes on ${role}`, { service }, [
      { actions: 'sts:AssumeRole', on: role, with: context, source },
    ]),
  );
}

/** A role takes on another one. */
export function assumes(caller: string, role: string, source: Source, context: Context = {}): LifeCall[] {
  return callsOf(`${caller} takes on ${role}`, { role: caller }, [
    { actions: 'sts:AssumeRole', on: role, with: context, source },
  ]);
}
