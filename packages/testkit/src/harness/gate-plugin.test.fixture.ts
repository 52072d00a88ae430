/** A plugin of a kind that asks an address, as an author would write it. */
import type { ActionDeclaration, CodePipelineContext } from '@cdkpipe/backend-codepipeline';
import type { LocalContext, LocalTask } from '@cdkpipe/backend-local';
import { defineKind, definePlugin, defineRenderer, refused, stepHelper } from '@cdkpipe/core';
import * as z from 'zod';

const options = z.strictObject({
  url: z.string().describe('What is asked.'),
  token: z.string().optional().describe('Name of the secret with the token.'),
  emails: z.array(z.string()).optional().describe('Who is told.'),
});
type Options = z.output<typeof options>;

const kind = defineKind({
  name: 'httpGate',
  summary: 'An address answers.',
  options,
  runsCode: true,
  examples: [{ title: 'Ask', options: { url: 'https://example.com/' } }],
});

const onCodePipeline = defineRenderer<Options, CodePipelineContext, ActionDeclaration>({
  backend: 'codepipeline',
  kind: 'httpGate',
  render({ options: { url, token, emails } }, context) {
    if (url.startsWith('http:'))
      throw refused([{ code: 'HTTP_GATE_PLAIN', message: `${url} is not encrypted`, path: 'url', fix: 'use https' }]);
    const gate = context.makeFunction({
      code: 'exports.handler = () => {};',
      timeout: 1,
      env: { URL: url },
      answersJobs: true,
      ...(token === undefined
        ? {}
        : {
            grants: [
              {
                actions: ['secretsmanager:GetSecretValue'],
                resources: [`arn:aws:secretsmanager:*:*:secret:${token}-??????`],
                reason: 'read the token',
                wildcard: 'the ARN ends in characters that AWS chooses',
              },
            ],
          }),
    });
    const { configuration, grants } = context.tell({ emails });
    const action = context.invoke(gate, JSON.stringify(configuration));
    return { ...action, grants: [...(action.grants ?? []), ...grants] };
  },
});

const onThisMachine = defineRenderer<Options, LocalContext, LocalTask>({
  backend: 'local',
  kind: 'httpGate',
  render: ({ options: { url, token } }) => ({
    type: 'task',
    retry: 'safe',
    run: async (_signal, tools) => {
      const headers = token === undefined ? {} : { authorization: `Bearer ${tools.secret(token)}` };
      for (let attempt = 1; attempt <= 3; attempt++) {
        const { status } = await tools.fetch(url, { headers });
        if (status === 200) return { approved: true, summary: `answered at attempt ${attempt}` };
        tools.log(`attempt ${attempt}: ${status}`);
        await tools.sleep(60_000);
      }
      return { approved: false, reason: `${url} does not answer` };
    },
  }),
});

export const httpGate = stepHelper(kind);
export const gatePlugin = definePlugin({
  name: '@acme/cdkpipe-plugin-gate',
  api: 1,
  kinds: [kind],
  renderers: [onCodePipeline, onThisMachine],
});
