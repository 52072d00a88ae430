/** Fulfilment: containers that take orders from the queue, write the invoice and mark them as shipped. */
import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import type { IVpc } from 'aws-cdk-lib/aws-ec2';
import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import {
  Cluster,
  ContainerImage,
  ContainerInsights,
  CpuArchitecture,
  OperatingSystemFamily,
} from 'aws-cdk-lib/aws-ecs';
import { QueueProcessingFargateService } from 'aws-cdk-lib/aws-ecs-patterns';
import type { Construct } from 'constructs';
import type { Data } from './data.ts';

export interface FulfilmentProps {
  readonly vpc: IVpc;
  readonly data: Pick<Data, 'table' | 'invoices' | 'shipments'>;
  readonly workers: { readonly min: number; readonly max: number };
}

export class Fulfilment extends Stack {
  readonly service: QueueProcessingFargateService;

  constructor(scope: Construct, id: string, props: FulfilmentProps) {
    super(scope, id);
    const { table, invoices, shipments } = props.data;
    this.service = new QueueProcessingFargateService(this, 'Worker', {
      cluster: new Cluster(this, 'Cluster', { vpc: props.vpc, containerInsightsV2: ContainerInsights.ENABLED }),
      image: ContainerImage.fromAsset(join(import.meta.dirname, '../image'), { platform: Platform.LINUX_ARM64 }),
      runtimePlatform: {
        cpuArchitecture: CpuArchitecture.ARM64,
        operatingSystemFamily: OperatingSystemFamily.LINUX,
      },
      cpu: 256,
      memoryLimitMiB: 512,
      queue: shipments,
      environment: { TABLE: table.tableName, BUCKET: invoices.bucketName, QUEUE_URL: shipments.queueUrl },
      minScalingCapacity: props.workers.min,
      maxScalingCapacity: props.workers.max,
      minHealthyPercent: 100,
      circuitBreaker: { rollback: true },
    });
    table.grantReadWriteData(this.service.taskDefinition.taskRole);
    invoices.grantPut(this.service.taskDefinition.taskRole);
  }
}
