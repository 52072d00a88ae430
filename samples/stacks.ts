/** The small app that the samples deploy: two stacks, of which the second needs the first. */
import { CfnOutput, CrossStackReferences, ReferenceStrength, Stack, type Stage } from 'aws-cdk-lib';
import { CfnTopic } from 'aws-cdk-lib/aws-sns';
import { CfnParameter as CfnSsmParameter } from 'aws-cdk-lib/aws-ssm';

/** One stack, `Site`, with the output `Url`. */
export function site(stage: Stage): void {
  const stack = new Stack(stage, 'Site');
  new CfnTopic(stack, 'Topic');
  new CfnOutput(stack, 'Url', { value: `https://${stage.stageName}.example.com` });
}

/** `Data` and `Api`; the CDK says that `Api` needs `Data`, and no value flows. */
export function shop(stage: Stage): void {
  const data = new Stack(stage, 'Data');
  new CfnTopic(data, 'Orders');
  const api = new Stack(stage, 'Api');
  new CfnTopic(api, 'Requests');
  new CfnOutput(api, 'Url', { value: `https://api.${stage.stageName}.example.com` });
  api.addStackDependency(data);
}

/** `Data` exports a value that `Api` imports. */
export function exporting(stage: Stage): void {
  const data = new Stack(stage, 'Data');
  const topic = new CfnTopic(data, 'Orders');
  const api = new Stack(stage, 'Api');
  new CfnSsmParameter(api, 'Topic', { type: 'String', value: topic.ref });
}

/** `Api` reads the topic of `Data` with a weak reference, while its change set executes. */
export function readingLater(stage: Stage): void {
  const data = new Stack(stage, 'Data');
  const topic = new CfnTopic(data, 'Orders');
  CrossStackReferences.of(topic).produce(ReferenceStrength.WEAK);
  const api = new Stack(stage, 'Api');
  new CfnSsmParameter(api, 'Topic', { type: 'String', value: topic.ref });
}
