/** A program that stands in for the `aws` command of CodeBuild's images, as far as emitted builds call it. */
import { createRequire } from 'node:module';

const sts = createRequire(import.meta.url).resolve('@aws-sdk/client-sts');

/** AWS CLI Command Reference, `sts assume-role`; "Return codes": 254 for what the service refuses. */
export const awsCommand = `#!/usr/bin/env node
const { STSClient, AssumeRoleCommand } = require(${JSON.stringify(sts)});
const { parseArgs } = require('node:util');
const string = { type: 'string' };
const options = { 'role-arn': string, 'role-session-name': string, 'duration-seconds': string, query: string, output: string };
const { positionals, values } = parseArgs({ options, allowPositionals: true });
const asked = [...positionals, values.query, values.output].join(' ');
if (asked !== 'sts assume-role AssumedRoleUser.Arn text') throw new Error('this aws command does not know ' + asked);
const input = { RoleArn: values['role-arn'], RoleSessionName: values['role-session-name'], DurationSeconds: Number(values['duration-seconds']) };
new STSClient({}).send(new AssumeRoleCommand(input)).then(
  ({ AssumedRoleUser }) => console.log(AssumedRoleUser.Arn),
  ({ name, message }) => {
    console.error('\\nAn error occurred (' + name + ') when calling the AssumeRole operation: ' + message);
    process.exitCode = 254;
  },
);
`;
