/** Data: the orders, their invoices, and the queue of what is to be shipped. */
import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AttributeType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

export interface DataProps {
  readonly keepData: boolean;
}

export class Data extends Stack {
  readonly table: TableV2;
  readonly invoices: Bucket;
  readonly shipments: Queue;
  readonly failedShipments: Queue;

  constructor(scope: Construct, id: string, props: DataProps) {
    super(scope, id);
    const removalPolicy = props.keepData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;

    this.table = new TableV2(this, 'Orders', {
      partitionKey: { name: 'id', type: AttributeType.STRING },
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: props.keepData },
      deletionProtection: props.keepData,
      removalPolicy,
    });

    this.invoices = new Bucket(this, 'Invoices', {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      versioned: true,
      lifecycleRules: [{ noncurrentVersionExpiration: Duration.days(90) }],
      removalPolicy,
    });

    this.failedShipments = new Queue(this, 'FailedShipments', {
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    this.shipments = new Queue(this, 'Shipments', {
      enforceSSL: true,
      visibilityTimeout: Duration.minutes(2),
      deadLetterQueue: { queue: this.failedShipments, maxReceiveCount: 3 },
    });
  }
}
