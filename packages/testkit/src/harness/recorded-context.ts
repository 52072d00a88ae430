/** Writes down what a renderer for `codepipeline` asks of its context; the context does its work all the same. */
import type {
  CodeBuildSpec,
  CodePipelineContext,
  FunctionSpec,
  Grant,
  ToldPeople,
} from '@cdkpipe/backend-codepipeline';
import type { Environment } from '@cdkpipe/core';
import type { Construct } from 'constructs';

/** A grant with the role that gets it: of the action, of a function, or of another service. */
export interface GivenGrant extends Grant {
  readonly to: 'action' | 'function' | 'service';
}

export interface RecordedContext {
  readonly context: CodePipelineContext;
  readonly functions: readonly FunctionSpec[];
  readonly projects: readonly CodeBuildSpec[];
  readonly told: readonly ToldPeople[];
  /** Those that the renderer gave; what the backend adds of its own is in the templates. */
  readonly grants: readonly GivenGrant[];
  /** Grants that the context has made itself, which a declaration hands on. */
  readonly handedOn: ReadonlySet<Grant>;
  /** The constructs of the step. */
  scopes(): readonly Construct[];
}

export function recordContext(context: CodePipelineContext): RecordedContext {
  const functions: FunctionSpec[] = [];
  const projects: CodeBuildSpec[] = [];
  const told: ToldPeople[] = [];
  const grants: GivenGrant[] = [];
  const handedOn = new Set<Grant>();
  const scopes = new Map<string, Construct>();
  const inScope = (env: Environment) => {
    const scope = context.scopeIn(env);
    scopes.set(scope.node.path, scope);
    return scope;
  };
  const give = (to: GivenGrant['to'], given: readonly Grant[]) =>
    grants.push(...given.map((grant) => ({ ...grant, to })));
  const handOn = <T extends { readonly grants?: readonly Grant[] }>(made: T): T => {
    for (const grant of made.grants ?? []) handedOn.add(grant);
    return made;
  };
  const recording: Partial<CodePipelineContext> = {
    scopeIn: inScope,
    workIn: (env, given, options) => {
      give('action', given);
      return handOn(context.workIn(env, given, options));
    },
    codeBuild: (spec) => {
      projects.push(spec);
      const action = handOn(context.codeBuild(spec));
      inScope(context.env);
      return action;
    },
    makeFunction: (spec) => {
      functions.push(spec);
      give('function', spec.grants ?? []);
      const made = context.makeFunction(spec);
      inScope(context.env);
      return made;
    },
    invoke: (called, text) => handOn(context.invoke(called, text)),
    tell: (people) => {
      if (people.topic !== undefined || people.emails !== undefined) told.push(people);
      return handOn(context.tell(people));
    },
    serviceRole: (scope, id, service, given, options) => {
      give('service', given);
      return context.serviceRole(scope, id, service, given, options);
    },
  };
  return {
    // The context itself may be frozen, and a proxy of it could give nothing else.
    context: new Proxy(recording as CodePipelineContext, {
      get: (own, name) => Reflect.get(name in own ? own : context, name),
    }),
    functions,
    projects,
    told,
    grants,
    handedOn,
    scopes: () => [...scopes.values()],
  };
}
