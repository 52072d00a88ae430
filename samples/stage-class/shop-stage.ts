import { Stack, Stage, type StageProps } from 'aws-cdk-lib';
import { CfnTopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';

export interface ShopStageProps extends StageProps {
  readonly color: string;
}

export class ShopStage extends Stage {
  constructor(scope: Construct, id: string, props: ShopStageProps) {
    super(scope, id, props);
    new CfnTopic(new Stack(this, 'Shop'), 'Topic', { displayName: props.color });
  }
}
