/** The app: one function, and a URL where it answers. */
import { join } from 'node:path';
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Architecture, Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';

export class Hello extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const hello = new LambdaFunction(this, 'Function', {
      code: Code.fromAsset(join(import.meta.dirname, '../functions')),
      handler: 'hello.handler',
      runtime: Runtime.NODEJS_22_X,
      architecture: Architecture.ARM_64,
    });
    const api = new HttpApi(this, 'Api', { defaultIntegration: new HttpLambdaIntegration('Hello', hello) });

    // The smoke test of the pipeline calls this: output('Hello', 'Url').
    new CfnOutput(this, 'Url', { value: api.apiEndpoint });
  }
}
