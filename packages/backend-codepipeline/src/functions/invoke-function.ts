/** Declares an action that invokes a function. */
import type { ActionDeclaration } from '../contract/action-declaration.ts';
import type { FunctionReference } from '../contract/function-spec.ts';
import type { Grant } from '../contract/grant.ts';

/** An invocation, and what the role that carries it out needs. */
export interface Invocation extends Pick<ActionDeclaration, 'category' | 'provider' | 'configuration'> {
  readonly grants: readonly Grant[];
}

export function invokeFunction({ name, arn }: FunctionReference, userParameters?: string): Invocation {
  return {
    category: 'Invoke',
    provider: 'Lambda',
    configuration: { FunctionName: name, ...(userParameters === undefined ? {} : { UserParameters: userParameters }) },
    grants: [
      { actions: ['lambda:InvokeFunction'], resources: [arn], reason: 'call the function that decides' },
      {
        actions: ['lambda:ListFunctions'],
        resources: ['*'],
        // AWS's policies for the role of a pipeline pair it with InvokeFunction, and nothing says it can do without.
        reason: 'CodePipeline looks the function up by its name',
        wildcard: 'the action knows no resource',
      },
    ],
  };
}
