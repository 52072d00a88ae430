/** A stage of everyday constructs whose names and logical IDs depend on the construct path. */
import { CfnOutput, NestedStack, PhysicalName, Stack, Stage, type StageProps } from 'aws-cdk-lib';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as events from 'aws-cdk-lib/aws-events';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as subscriptions from 'aws-cdk-lib/aws-sns-subscriptions';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

export interface EverydayProps extends StageProps {
  readonly cidr: string;
}

export class EverydayStage extends Stage {
  readonly url: CfnOutput;

  constructor(scope: Construct, id: string, props: EverydayProps) {
    super(scope, id, props);
    const network = new Stack(this, 'Network');
    // The CDK's own types disagree under our strictness.
    const vpc = new ec2.Vpc(network, 'Vpc', {
      ipAddresses: ec2.IpAddresses.cidr(props.cidr),
      availabilityZones: ['eu-west-1a', 'eu-west-1b'],
    }) as ec2.IVpc;
    const group = new ec2.SecurityGroup(network, 'Group', { vpc });
    group.addIngressRule(ec2.Peer.ipv4(props.cidr), ec2.Port.tcp(443));

    const core = new Stack(this, 'Core');
    new efs.FileSystem(core, 'Files', { vpc, securityGroup: group });
    new events.EventBus(core, 'Bus');
    const topic = new sns.Topic(core, 'Topic');
    topic.addSubscription(new subscriptions.SqsSubscription(new sqs.Queue(core, 'Queue')));
    new cloudfront.Function(core, 'Rewrite', { code: cloudfront.FunctionCode.fromInline('function handler(e){}') });
    const cluster = new ecs.Cluster(core, 'Cluster', { vpc }) as ecs.ICluster;
    const task = new ecs.FargateTaskDefinition(core, 'Task');
    task.addContainer('web', { image: ecs.ContainerImage.fromRegistry('public.ecr.aws/nginx/nginx:stable') });
    new ecs.FargateService(core, 'Service', { cluster, taskDefinition: task });
    new s3.Bucket(new NestedStack(core, 'Nested'), 'Deep');
    this.url = new CfnOutput(core, 'Url', { value: topic.topicArn });

    const far = new Stack(this, 'Far', {
      env: { account: this.account as string, region: 'us-east-1' },
      crossRegionReferences: true,
    });
    const bucket = new s3.Bucket(far, 'Logs', { bucketName: PhysicalName.GENERATE_IF_NEEDED });
    const near = new Stack(this, 'Near', { crossRegionReferences: true });
    new CfnOutput(near, 'FarBucket', { value: bucket.bucketArn });
  }
}
