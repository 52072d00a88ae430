/** The door of @cdkpipe/backend-local: the plugin, and the words its renderers use. */
import { definePlugin } from '@cdkpipe/core';
import { local } from './backend.ts';

export type { ChangeFinding, ChangeSummary, ResourceChange } from '@cdkpipe/deployer-cloudformation';
export { local } from './backend.ts';
export type { LocalOptions } from './contract/options.ts';
export type {
  AwsClient,
  AwsCommand,
  BuildCommands,
  BuildSetting,
  LocalAction,
  LocalContext,
  LocalQuestion,
  LocalTask,
  ProcessEnd,
  ProcessSpec,
  ShellOptions,
  StackChange,
  TaskResult,
  TaskTools,
} from './contract/renderer.ts';
export type { Retry, RunMode } from './journal/run-event.ts';
export { startedWhileOpen } from './state/hold-back.ts';

export default definePlugin({ name: '@cdkpipe/backend-local', api: 1, backends: [local] });
