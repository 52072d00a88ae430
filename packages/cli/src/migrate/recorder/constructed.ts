/** Remembers what the app constructs of the CDK's classes: the object, its arguments and where it happened. */
import Module from 'node:module';

export interface Constructed {
  readonly object: object;
  readonly args: readonly unknown[];
  readonly stack: string;
}

/** Files of aws-cdk-lib, and of cdk-pipelines-github below `github/`, with the classes in them that are recorded. */
const recorded: Readonly<Record<string, readonly string[]>> = {
  'core/lib/app.js': ['App'],
  'core/lib/stage.js': ['Stage'],
  'pipelines/lib/blueprint/step.js': ['Step'],
  'pipelines/lib/blueprint/shell-step.js': ['ShellStep'],
  'pipelines/lib/blueprint/manual-approval.js': ['ManualApprovalStep'],
  'pipelines/lib/codepipeline/codebuild-step.js': ['CodeBuildStep'],
  'pipelines/lib/codepipeline/codepipeline.js': ['CodePipeline'],
  'github/lib/pipeline.js': ['GitHubWorkflow'],
  'pipelines/lib/codepipeline/confirm-permissions-broadening.js': ['ConfirmPermissionsBroadening'],
};

type Class = new (...args: unknown[]) => object;
type Exports = Record<string, unknown>;

/** Of the first copy of aws-cdk-lib that is loaded, by file. */
export const loadedFiles = new Map<string, Exports>();

/** In the order of construction; of a class and its base, the arguments of the class remain. */
export const constructed = new Map<object, Constructed>();

/** From now on, the classes that are loaded record what is constructed. */
export function startRecording(): void {
  // Every CommonJS module goes through it, also those that `import` loads and that ts-node or tsx compile.
  const prototype = Module.prototype as unknown as { _compile(this: NodeModule, ...args: unknown[]): unknown };
  const compile = prototype._compile;
  prototype._compile = function (...args) {
    const result = compile.apply(this, args);
    recordModule(this.exports, String(args[1]));
    return result;
  };
}

function recordModule(exports: unknown, filename: string): void {
  const name = nameOf(filename.replaceAll('\\', '/'));
  if (name === undefined || typeof exports !== 'object' || exports === null) return;
  if (!loadedFiles.has(name)) loadedFiles.set(name, exports as Exports);
  if (name === 'github/lib/yaml-file.js') keepWorkflow(exports as Exports);
  for (const className of recorded[name] ?? []) {
    const original = (exports as Exports)[className];
    if (typeof original === 'function') (exports as Exports)[className] = recording(original as Class);
  }
}

function nameOf(filename: string): string | undefined {
  const ofCdk = /\/aws-cdk-lib\/((?:core|pipelines)\/lib\/.*\.js)(?:\?.*)?$/.exec(filename)?.[1];
  const ofGitHub = /\/cdk-pipelines-github\/(lib\/.*\.js)(?:\?.*)?$/.exec(filename)?.[1];
  return ofCdk ?? (ofGitHub && `github/${ofGitHub}`);
}

/** The workflow is a file of the repository, which is not to be written while the app is only read. */
function keepWorkflow(exports: Exports): void {
  const { prototype } = exports.YamlFile as { prototype: { writeFile(): void } };
  prototype.writeFile = () => {};
}

function recording(original: Class): Class {
  return new Proxy(original, {
    construct(target, args: unknown[], newTarget) {
      const object = Reflect.construct(target, args, newTarget) as object;
      constructed.set(object, { object, args, stack: traceHere() });
      return object;
    },
  });
}

function traceHere(): string {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 60;
  try {
    return String(new Error('here').stack);
  } finally {
    Error.stackTraceLimit = limit;
  }
}
