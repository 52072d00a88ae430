/** An app of CDK Pipelines as data: what the recorder reads in the app's process, and what a definition is written from. */

/** JSON data. */
export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [key: string]: Plain };

export interface Place {
  readonly file: string;
  readonly line: number;
}

/** A text in pieces: literal text, and values that the old pipeline fills in while it runs. */
export type OldText = readonly (string | OldValue)[];

export type OldValue =
  | { readonly value: 'step'; readonly step: number; readonly name: string }
  /** A parameter of Parameter Store, which CloudFormation reads when it deploys the pipeline. */
  | { readonly value: 'parameter'; readonly name: string }
  | { readonly value: 'unknown'; readonly text: string };

/** Settings of a CodeBuild project, in the words of the definition; `other` names those that are not plain data. */
export interface OldProject {
  readonly image?: string;
  readonly computeType?: string;
  readonly privileged?: boolean;
  /** `PLAINTEXT`, `SECRETS_MANAGER` or `PARAMETER_STORE`, with the value as CodeBuild has it. */
  readonly variables?: Readonly<Record<string, { readonly type: string; readonly value: string }>>;
  /** Minutes. */
  readonly timeout?: number;
  readonly rolePolicy?: readonly Plain[];
  readonly buildSpec?: Plain;
  readonly other: readonly string[];
}

interface AnyStep {
  /** Identifies the step among all of the app. */
  readonly key: number;
  readonly id: string;
  readonly className: string;
  readonly dependsOn: readonly number[];
  readonly at?: Place;
}

export interface OldShellStep extends AnyStep {
  readonly type: 'shell';
  readonly commands: readonly OldText[];
  readonly installCommands: readonly OldText[];
  readonly env: Readonly<Record<string, OldText>>;
  /** Environment variables with the output of a stack each; the stack by its artifact ID. */
  readonly outputValues: Readonly<Record<string, { readonly artifact: string; readonly name: string }>>;
  readonly inputs: readonly { readonly directory: string; readonly producer: number }[];
  readonly output?: string;
  readonly exports: readonly string[];
  readonly project: OldProject;
}

export interface OldManualStep extends AnyStep {
  readonly type: 'manual';
  readonly comment?: OldText;
  readonly link?: OldText;
  readonly topic?: OldText;
}

export interface OldBroadeningStep extends AnyStep {
  readonly type: 'broadening';
  readonly topic?: OldText;
}

export interface OldSource extends AnyStep {
  readonly type: 'source';
  readonly source: 'connection' | 'github' | 'codeCommit' | 's3' | 'ecr';
  /** Repository or bucket; absent where the value is known to CloudFormation alone. */
  readonly name?: string;
  readonly branch?: string;
  readonly objectKey?: string;
  readonly tag?: string;
  readonly connectionArn?: string;
  readonly tokenSecret?: string;
  readonly fullClone?: boolean;
  readonly trigger?: string;
  readonly other: readonly string[];
}

/** A class of the app's own that extends `Step`, or another step that no kind corresponds to. */
export interface OldOtherStep extends AnyStep {
  readonly type: 'other';
  /** Why none does, where the class does not say it. */
  readonly reason?: string;
}

export type OldStep = OldShellStep | OldManualStep | OldBroadeningStep | OldSource | OldOtherStep;

/** The class of a stage: where it can be imported from, if that is known. */
export interface OldClass {
  readonly name: string;
  readonly file?: string;
  /** Name under which `file` exports it. */
  readonly exportName?: string;
}

/** A value that a class of the CDK has by name, such as `KubernetesVersion.V1_31`. */
export interface OldConstant {
  /** Such as `aws-cdk-lib/aws-eks`. */
  readonly module: string;
  readonly className: string;
  readonly member: string;
}

export interface OldStack {
  readonly artifact: string;
  /** Path of the stack inside its stage. */
  readonly id: string;
}

export interface OldStage {
  /** Construct ID. */
  readonly id: string;
  /** IDs of the constructs above it, joined by `/`. */
  readonly above: string;
  readonly class?: OldClass;
  readonly env: { readonly account?: string; readonly region?: string };
  readonly props: { readonly [key: string]: Plain };
  /** Props that are constants of the CDK. */
  readonly constants: Readonly<Record<string, OldConstant>>;
  /** Props that are not plain data, or why the props could not be read. */
  readonly propsNotRead: readonly string[];
  readonly stacks: readonly OldStack[];
  readonly pre: readonly OldStep[];
  readonly post: readonly OldStep[];
  /** Environment of GitHub whose rules hold back the jobs that deploy the stage. */
  readonly gitHubEnvironment?: string;
  readonly stackSteps: readonly {
    readonly stack: string;
    readonly when: 'pre' | 'changeSet' | 'post';
    readonly step: OldStep;
  }[];
  readonly preparesChangeSets: boolean;
  readonly at?: Place;
}

export interface OldWave {
  readonly id: string;
  readonly pre: readonly OldStep[];
  readonly post: readonly OldStep[];
  readonly stages: readonly OldStage[];
}

/** What cdk-pipelines-github has besides the pipeline. */
export interface OldWorkflow {
  readonly path: string;
  /** Branches whose commits start it. */
  readonly branches: readonly string[];
  /** Commands before and behind those of the synth step. */
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** Options that a definition has no counterpart for. */
  readonly other: readonly string[];
}

export interface OldPipeline {
  readonly name?: string;
  /** ID of the stack that holds the pipeline. */
  readonly stack: string;
  /** Construct path of the pipeline; a stack may hold several. */
  readonly path: string;
  readonly env: { readonly account?: string; readonly region?: string };
  readonly synth: OldStep;
  readonly waves: readonly OldWave[];
  /** Steps that are in no wave: sources, and what the synth step takes files from. */
  readonly others: readonly OldStep[];
  /** Only of a pipeline of cdk-pipelines-github. */
  readonly gitHub?: OldWorkflow;
  readonly options: {
    readonly selfMutation: boolean;
    readonly useChangeSets: boolean;
    readonly publishEach: boolean;
    readonly dockerForSynth: boolean;
    readonly dockerForSelfMutation: boolean;
    readonly executionMode?: string;
    readonly defaults: Readonly<Partial<Record<'all' | 'build' | 'assets' | 'selfUpdate', OldProject>>>;
    /** Options that are set and have no place in a definition by themselves. */
    readonly other: readonly string[];
  };
  readonly at?: Place;
}

export interface OldApp {
  readonly pipelines: readonly OldPipeline[];
  /** Files that construct an `App`: to import one would run the app. */
  readonly entries: readonly string[];
}
