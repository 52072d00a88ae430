/** Words for what only shows when a step is drawn. */
import { type Environment, environmentName, type Problem } from '@cdkpipe/core';

export const handlerMissing = (path: string, file: string): Problem => ({
  code: 'HANDLER_MISSING',
  message: `there is no file ${file}`,
  path,
  fix: 'write the path of the handler relative to the definition',
});

export const packageHandlerMissing = (path: string, specifier: string): Problem => ({
  code: 'HANDLER_MISSING',
  message: `the project has no package that exports "${specifier}"`,
  path,
  fix: 'install the package in the project of the definition',
});

export const handlerExportMissing = (path: string, file: string, exportName: string): Problem => ({
  code: 'HANDLER_EXPORT_MISSING',
  message: `${file} exports no "${exportName}"`,
  path,
  fix: `export a function named \`${exportName}\`, or name another export as "${file}#name"`,
});

export const handlerNotBundled = (path: string, text: string, location: string | undefined): Problem => ({
  code: 'HANDLER_NOT_BUNDLED',
  message: `the handler cannot be bundled: ${text.charAt(0).toLowerCase()}${text.slice(1)}`,
  path,
  ...(location === undefined ? {} : { location }),
  fix: 'correct the file, or install what it imports',
});

export const functionElsewhere = (path: string, arn: string, env: Environment): Problem => ({
  code: 'FUNCTION_ELSEWHERE',
  message: `the function ${arn} is not in ${environmentName(env)}, where the step runs`,
  path,
  fix: `name a function in ${environmentName(env)}, or say with \`runIn\` where it is`,
});

export const userParametersTooLong = (path: string, length: number): Problem => ({
  code: 'USER_PARAMETERS_TOO_LONG',
  message: `the step hands ${length} characters to its function, CodePipeline takes 1,000`,
  path,
  fix: 'use fewer outputs or a smaller payload',
});

export const freeTextInPayload = (path: string, reference: string): Problem => ({
  code: 'FREE_TEXT_IN_PAYLOAD',
  message: `the payload of an existing function holds ${reference}, whose text CodePipeline would paste into JSON, where quotation marks in it could add keys`,
  path,
  fix: 'use `handler`, whose values arrive unchanged, or let the function look the value up itself',
});
