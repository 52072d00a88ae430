/** Values that an action cannot know. */
import { type Problem, referenceText, type ValueReference } from '@cdkpipe/core';
import { at, type Place } from './place.ts';

export const outputNotReady = (stack: string, name: string, place: Place): Problem => ({
  code: 'OUTPUT_NOT_READY',
  message: `the output "${name}" of "${stack}" is not known yet where it is used`,
  fix: 'use it in a step after the execution of that stack',
  ...at(place),
});

export const valueNotReady = (reference: ValueReference, place: Place): Problem => ({
  code: 'VALUE_NOT_READY',
  message: `the value of ${referenceText(reference)} is not known yet where it is used`,
  fix: 'use it in a step that stands behind what makes the value',
  ...at(place),
});

export const variableNotSet = (node: string, variable: string, place: Place): Problem => ({
  code: 'VARIABLE_NOT_SET',
  message: `the action of "${node}" sets no variable "${variable}"`,
  fix: 'let the renderer of its kind, or the `render` hook that changed it, name the variable in `variables`',
  ...at(place),
});

export const exportAcrossAccounts = (step: string, account: string, place: Place): Problem => ({
  code: 'EXPORT_ACROSS_ACCOUNTS',
  message: `"${step}" runs in the account ${account}, from which CodePipeline hands on no variables`,
  fix: "let it run in the pipeline's account, or let what it finds out be an output of a stack",
  ...at(place),
});

export const variablesAcrossAccounts = (namespace: string, account: string, place: Place): Problem => ({
  code: 'VARIABLES_ACROSS_ACCOUNTS',
  message: `the action hands variables on as "${namespace}" from CodeBuild in the account ${account}, and nothing says that they come back across accounts`,
  fix: "run the step in the pipeline's account, or let it hand its result on in another way",
  ...at(place),
});
