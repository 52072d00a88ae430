/** Api: the HTTP API that takes orders and tells how they stand. */
import { join } from 'node:path';
import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { Architecture, Code, Function as LambdaFunction, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

export interface ApiProps {
  readonly table: ITable;
  readonly shipments: IQueue;
}

export class Api extends Stack {
  readonly api: HttpApi;
  readonly functions: { readonly placeOrder: LambdaFunction; readonly findOrder: LambdaFunction };

  constructor(scope: Construct, id: string, props: ApiProps) {
    super(scope, id);
    const placeOrder = this.endpoint('PlaceOrder', 'place-order.handler', {
      TABLE: props.table.tableName,
      QUEUE_URL: props.shipments.queueUrl,
    });
    props.table.grantWriteData(placeOrder);
    props.shipments.grantSendMessages(placeOrder);

    const findOrder = this.endpoint('FindOrder', 'find-order.handler', { TABLE: props.table.tableName });
    props.table.grantReadData(findOrder);

    this.functions = { placeOrder, findOrder };
    this.api = new HttpApi(this, 'Http', { description: 'Orders' });
    this.api.addRoutes({
      path: '/orders',
      methods: [HttpMethod.POST],
      integration: new HttpLambdaIntegration('PlaceOrder', placeOrder),
    });
    this.api.addRoutes({
      path: '/orders/{id}',
      methods: [HttpMethod.GET],
      integration: new HttpLambdaIntegration('FindOrder', findOrder),
    });

    new CfnOutput(this, 'Url', { value: this.api.apiEndpoint, description: 'Where the API answers' });
  }

  private endpoint(id: string, handler: string, environment: Record<string, string>): LambdaFunction {
    return new LambdaFunction(this, id, {
      code: Code.fromAsset(join(import.meta.dirname, '../functions')),
      handler,
      environment,
      runtime: Runtime.NODEJS_22_X,
      architecture: Architecture.ARM_64,
      memorySize: 512,
      timeout: Duration.seconds(10),
      tracing: Tracing.ACTIVE,
    });
  }
}
