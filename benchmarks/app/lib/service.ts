/** One of the app's stacks: an API with its data, events for the next stack, and alarms. */
import { join } from 'node:path';
import { CfnOutput, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { LambdaIntegration, RestApi } from 'aws-cdk-lib/aws-apigateway';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { BlockPublicAccess, Bucket, BucketEncryption, type CfnBucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { shape } from './shape';

export interface ServiceProps {
  /** The stack before this one: its events arrive here, its table is read here. */
  readonly upstream: Service | undefined;
}

export class Service extends Stack {
  readonly table: Table;
  readonly events: Topic;

  constructor(scope: Construct, id: string, { upstream }: ServiceProps) {
    super(scope, id);
    const removalPolicy = RemovalPolicy.DESTROY;
    this.table = new Table(this, 'Table', {
      partitionKey: { name: 'id', type: AttributeType.STRING },
      sortKey: { name: 'at', type: AttributeType.NUMBER },
      billingMode: BillingMode.PAY_PER_REQUEST,
      removalPolicy,
    });
    this.table.addGlobalSecondaryIndex({
      indexName: 'by-owner',
      partitionKey: { name: 'owner', type: AttributeType.STRING },
    });
    const bucket = new Bucket(this, 'Files', {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      removalPolicy,
    });
    if (shape.faulty) (bucket.node.defaultChild as CfnBucket).addPropertyOverride('NoSuchProperty', 'x');
    const failed = new Queue(this, 'Failed', { retentionPeriod: Duration.days(14) });
    const queue = new Queue(this, 'Queue', { deadLetterQueue: { queue: failed, maxReceiveCount: 3 } });
    this.events = new Topic(this, 'Events');

    const environment = { TABLE: this.table.tableName, BUCKET: bucket.bucketName, TOPIC: this.events.topicArn };
    const api = this.lambda('Api', 'api', { ...environment, UPSTREAM: upstream?.table.tableName ?? '' });
    const worker = this.lambda('Worker', 'worker', environment);
    for (const reader of [api, worker]) {
      this.table.grantReadWriteData(reader);
      bucket.grantReadWrite(reader);
      this.events.grantPublish(reader);
    }
    worker.addEventSource(new SqsEventSource(queue, { batchSize: 10 }));
    upstream?.table.grantReadData(api);
    upstream?.events.addSubscription(new SqsSubscription(queue, { rawMessageDelivery: true }));

    const rest = new RestApi(this, 'Rest', { cloudWatchRole: false });
    rest.root.addResource('items').addMethod('GET', new LambdaIntegration(api, { allowTestInvoke: false }));

    const onDuty = new Topic(this, 'OnDuty');
    for (const [name, metric] of Object.entries({
      ApiErrors: api.metricErrors(),
      FailedMessages: failed.metricApproximateNumberOfMessagesVisible(),
    })) {
      metric.createAlarm(this, name, { threshold: 1, evaluationPeriods: 3 }).addAlarmAction(new SnsAction(onDuty));
    }
    new CfnOutput(this, 'Url', { value: rest.url });
  }

  private lambda(id: string, directory: string, environment: Record<string, string>): LambdaFunction {
    return new LambdaFunction(this, id, {
      code: Code.fromAsset(join(__dirname, '../functions', directory)),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_22_X,
      timeout: Duration.seconds(20),
      environment,
    });
  }
}
