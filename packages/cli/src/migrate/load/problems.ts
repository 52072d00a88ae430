/** Words for what keeps an app from being moved. */
import { type Problem, withoutCredentials } from '@cdkpipe/core';

export const appNotNamed = (directory: string): Problem => ({
  code: 'MIGRATE_APP_UNKNOWN',
  message: `there is no cdk.json with the key "app" in ${directory}`,
  fix: 'go to the directory of the app, or give its command with --app',
});

export const appIsCdkpipe = (command: string): Problem => ({
  code: 'MIGRATE_APP_IS_CDKPIPE',
  message: `the app in cdk.json is cdkpipe itself: ${command}`,
  fix: 'give the command of the old app with --app, such as --app "npx tsx bin/pipeline.ts"',
});

export const appFailed = (command: string, outcome: string, output: string): Problem => ({
  code: 'MIGRATE_APP_FAILED',
  message: withoutCredentials(`the app ${outcome}: ${command}\n${output}`.trimEnd()),
  fix: /account\/region are not specified|CDK_DEFAULT_/.test(output)
    ? 'set CDK_DEFAULT_ACCOUNT and CDK_DEFAULT_REGION, as the cdk command does from your credentials, and run the command again'
    : 'make npx cdk synth succeed with the same command first',
});

export const appNotSynthesised = (command: string): Problem => ({
  code: 'MIGRATE_APP_NOT_SYNTHESISED',
  message: `the app wrote no cloud assembly: ${command}`,
  fix: 'call app.synth() in it, and do not give the App an outdir of its own',
});

export const pipelineNotFound = (command: string): Problem => ({
  code: 'MIGRATE_NO_PIPELINE',
  message: `the app has no stacks, or a pipeline that cannot be read: ${command}`,
  fix: 'give the context that the app needs to make its stacks, with --context KEY=VALUE; a pipeline is read in apps in JavaScript or TypeScript that are not bundled together with aws-cdk-lib',
});

export const pipelinesNotOne = (found: readonly string[]): Problem => ({
  code: 'MIGRATE_MANY_PIPELINES',
  message: `the app has ${found.length} pipelines, ${found.join(', ')}, and a definition is one`,
  fix: `choose one with --pipeline, such as --pipeline ${found[0] ?? ''}`,
});

export const pipelineUnknown = (name: string, found: readonly string[]): Problem => ({
  code: 'MIGRATE_PIPELINE_UNKNOWN',
  message: `the app has no pipeline "${name}", by its stack or its construct path`,
  path: '--pipeline',
  fix: `choose one of ${found.join(', ')}`,
});

export const definitionThere = (file: string): Problem => ({
  code: 'MIGRATE_DEFINITION_EXISTS',
  message: `${file} is there already`,
  fix: 'compare it with the app by --check, write elsewhere with --output, or replace it with --force',
});

export const definitionMissing = (file: string): Problem => ({
  code: 'MIGRATE_DEFINITION_MISSING',
  message: `there is no ${file} to compare with`,
  fix: 'run the command without --check to write it, or name the file with --output',
});

export const fileNotWritten = (file: string, reason: string): Problem => ({
  code: 'MIGRATE_FILE_NOT_WRITTEN',
  message: `${file} could not be written: ${reason}`,
  fix: 'make the directory writable, or write elsewhere with --output',
});

export const recordUnreadable = (fault: string): Problem => ({
  code: 'MIGRATE_APP_UNREADABLE',
  message: `the pipeline of the app could not be read: ${withoutCredentials(fault)}`,
  fix: 'update aws-cdk-lib in the app; if that is of no help, report what you see',
});
