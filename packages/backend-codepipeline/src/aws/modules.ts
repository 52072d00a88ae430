/** The modules of the user's aws-cdk-lib that this backend draws with, each loaded when it is first needed. */
import type { CdkLibrary } from '@cdkpipe/core';
import type * as core from 'aws-cdk-lib';
import type * as codebuild from 'aws-cdk-lib/aws-codebuild';
import type * as codepipeline from 'aws-cdk-lib/aws-codepipeline';
import type * as events from 'aws-cdk-lib/aws-events';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type * as constructs from 'constructs';
import { findPartition } from './partitions.ts';

export interface CdkModules {
  readonly core: typeof core;
  readonly codebuild: typeof codebuild;
  readonly codepipeline: typeof codepipeline;
  readonly events: typeof events;
  readonly iam: typeof iam;
  readonly kms: typeof kms;
  readonly lambda: typeof lambda;
  readonly logs: typeof logs;
  readonly s3: typeof s3;
  readonly sns: typeof sns;
  readonly constructs: typeof constructs;
  /**
   * Partition of the pipeline and of all it deploys to, for ARNs. Written out where it is known: a reference in each ARN
   * takes a fifth of a template, which CloudFormation limits, and of the time to write it.
   */
  readonly partition: string;
}

export function cdkModules(library: CdkLibrary, region: string): CdkModules {
  const loaded = new Map<string, unknown>();
  const load = <T>(module: string): T => {
    if (!loaded.has(module)) loaded.set(module, library.require(module));
    return loaded.get(module) as T;
  };
  return {
    get partition() {
      return findPartition(region) ?? this.core.Aws.PARTITION;
    },
    get core() {
      return load<CdkModules['core']>('aws-cdk-lib');
    },
    get codebuild() {
      return load<CdkModules['codebuild']>('aws-cdk-lib/aws-codebuild');
    },
    get codepipeline() {
      return load<CdkModules['codepipeline']>('aws-cdk-lib/aws-codepipeline');
    },
    get events() {
      return load<CdkModules['events']>('aws-cdk-lib/aws-events');
    },
    get iam() {
      return load<CdkModules['iam']>('aws-cdk-lib/aws-iam');
    },
    get kms() {
      return load<CdkModules['kms']>('aws-cdk-lib/aws-kms');
    },
    get lambda() {
      return load<CdkModules['lambda']>('aws-cdk-lib/aws-lambda');
    },
    get logs() {
      return load<CdkModules['logs']>('aws-cdk-lib/aws-logs');
    },
    get s3() {
      return load<CdkModules['s3']>('aws-cdk-lib/aws-s3');
    },
    get sns() {
      return load<CdkModules['sns']>('aws-cdk-lib/aws-sns');
    },
    get constructs() {
      return load<CdkModules['constructs']>('constructs');
    },
  };
}
