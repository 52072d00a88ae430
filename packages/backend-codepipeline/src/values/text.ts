/** Text of an author's that must stay as it is. */
import { type Problem, refused } from '@cdkpipe/core';
import type { Place } from '../problems/place.ts';
import { textIsResolved, textIsToken } from '../problems/texts.ts';

const dynamicReference = '{{resolve:';
const pipelineVariable = '#{';
const cdkToken = /\$\{Token\[/;

/** Text for a property of a template: refuses what CloudFormation or the CDK would replace. */
export function templateText(text: string, option: string, place: Place): string {
  return keep(text, templateTextProblems(text, option, place));
}

/** What CloudFormation or the CDK would replace. */
export function templateTextProblems(text: string, option: string, place: Place): Problem[] {
  return [
    ...(text.includes(dynamicReference) ? [textIsResolved(option, dynamicReference, place)] : []),
    ...(cdkToken.test(text) ? [textIsToken(option, place)] : []),
  ];
}

/** Text for the configuration of an action: refuses what CodePipeline would replace, too. */
export function actionText(text: string, option: string, place: Place): string {
  templateText(text, option, place);
  return keep(text, text.includes(pipelineVariable) ? [textIsResolved(option, pipelineVariable, place)] : []);
}

function keep(text: string, problems: readonly Problem[]): string {
  if (problems.length > 0) throw refused(problems);
  return text;
}
