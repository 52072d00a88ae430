/** The options of `lambda`: the type, the check at run time and the docs come from this schema. */
import { policyStatementSchema } from '@cdkpipe/core/schemas';
import * as z from 'zod';
import { functionArnPattern } from './function-arn.ts';
import { handlerPattern } from './handler-path.ts';
import { findPayloadFaults, type Payload } from './payload.ts';
import { splitPayload } from './payload-template.ts';

/** Lambda allows a function 4,096 bytes of environment, names included. */
const longestPayload = 4000;

const payload = z
  .unknown()
  .superRefine((value, context) => {
    if (value === undefined) return;
    const faults = findPayloadFaults(value);
    for (const { path, message } of faults) context.addIssue({ code: 'custom', path, message });
    if (faults.length > 0) return;
    const bytes = Buffer.byteLength(splitPayload(value as Payload).json);
    if (bytes > longestPayload)
      context.addIssue(`expected at most ${longestPayload} bytes of JSON, found ${bytes}; keep larger data in a file`);
  })
  .describe(
    'JSON that is handed to the function; references such as `output(...)` may stand anywhere in it.',
  ) as unknown as z.ZodType<Payload>;

export const lambdaOptions = z
  .strictObject({
    handler: z
      .string()
      .regex(
        handlerPattern,
        'expected a relative path of a JavaScript or TypeScript file, such as "./checks/latency.ts", or "package:NAME/PATH"',
      )
      .optional()
      .describe(
        'File with the function, relative to the definition: `./file.ts` (export `handler`) or `./file.ts#name`; or a module of an installed package, `package:NAME/PATH`.',
      ),
    functionArn: z
      .string()
      .regex(functionArnPattern, 'expected "arn:aws:lambda:REGION:ACCOUNT:function:NAME", without version or alias')
      .optional()
      .describe('ARN of an existing function, which must report to CodePipeline itself.'),
    payload: payload.optional(),
    rolePolicy: z
      .array(policyStatementSchema)
      .min(1)
      .optional()
      .describe('What the function may do in AWS. For `handler` only.'),
    timeout: z
      .int()
      .min(1)
      .max(15)
      .optional()
      .describe('Minutes until the step fails, 1 to 15; by default 5. For `handler` only.'),
  })
  .superRefine(({ handler, functionArn, timeout, rolePolicy }, context) => {
    if (handler === undefined && functionArn === undefined)
      context.addIssue('give `handler`, a file of yours, or `functionArn`, an existing function');
    if (functionArn === undefined) return;
    const excluded = { handler, timeout, rolePolicy };
    for (const [key, value] of Object.entries(excluded))
      if (value !== undefined)
        context.addIssue({ code: 'custom', path: [key], message: `\`${key}\` and \`functionArn\` exclude each other` });
  })
  .describe('A Lambda function decides.');

export type LambdaInput = z.input<typeof lambdaOptions>;
export type LambdaOptions = z.output<typeof lambdaOptions>;
