/**
 * What Lambda's Node.js runtime does for one invocation, in a process of its own: `node lambda-runtime…mjs`, with the
 * event and the deadline in the environment. It looks for the handler's file, and awaits it, as AWS's own runtime client does
 * (https://github.com/aws/aws-lambda-nodejs-runtime-interface-client). That client itself needs a compiler and Node 22.
 */
import { existsSync } from 'node:fs';
import { register } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

// The SDK of the runtime is in a directory of NODE_PATH, which Lambda also searches for `import`.
const parentURL = pathToFileURL(resolve(process.env.NODE_PATH, '../lambda-runtime.js')).href;
const hook = `export const resolve = (name, context, next) =>
  next(name, name.startsWith('@aws-sdk/') ? { ...context, parentURL: ${JSON.stringify(parentURL)} } : context);`;
register(`data:text/javascript,${encodeURIComponent(hook)}`);

const { _HANDLER, LAMBDA_TASK_ROOT, TEST_INVOCATION, AWS_LAMBDA_FUNCTION_NAME } = process.env;
const { event, deadline, arn, requestId } = JSON.parse(TEST_INVOCATION);
delete process.env.TEST_INVOCATION;
const [file, name] = _HANDLER.split('.');
const path = ['', '.js', '.mjs', '.cjs']
  .map((extension) => resolve(LAMBDA_TASK_ROOT, file + extension))
  .find(existsSync);
const module = await import(pathToFileURL(path));
const handler = module[name] ?? module.default?.[name];
// "AWS Lambda has removed support for callback-based function handlers starting with Node.js 24."
if (handler.length > 2) throw new Error(`${_HANDLER} wants a callback`);
const context = {
  functionName: AWS_LAMBDA_FUNCTION_NAME,
  functionVersion: '$LATEST',
  invokedFunctionArn: arn,
  awsRequestId: requestId,
  getRemainingTimeInMillis: () => deadline - Date.now(),
};
process.on('uncaughtException', () => process.exit(129));
process.on('unhandledRejection', () => process.exit(128));
await handler(event, context);
// What is left in the event loop is frozen, not awaited.
process.exit(0);
