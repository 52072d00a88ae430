/** Monitoring: a dashboard, and alarms that tell the people on duty. */
import { Duration, Stack, Stage } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { QueueProcessingFargateService } from 'aws-cdk-lib/aws-ecs-patterns';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { DefaultDashboardFactory, MonitoringFacade, SnsAlarmActionStrategy } from 'cdk-monitoring-constructs';
import type { Construct } from 'constructs';
import type { Data } from './data.ts';

export interface MonitoringProps {
  readonly api: HttpApi;
  readonly functions: Readonly<Record<string, IFunction>>;
  readonly data: Data;
  readonly service: QueueProcessingFargateService;
}

export class Monitoring extends Stack {
  constructor(scope: Construct, id: string, props: MonitoringProps) {
    super(scope, id);
    // Dashboards are global in an account, so two regions need two names.
    const name = `${Stage.of(this)?.stageName}-Orders`;
    const onAlarmTopic = new Topic(this, 'OnDuty', { enforceSSL: true });
    const facade = new MonitoringFacade(this, 'Facade', {
      alarmFactoryDefaults: {
        alarmNamePrefix: name,
        actionsEnabled: true,
        action: new SnsAlarmActionStrategy({ onAlarmTopic }),
      },
      dashboardFactory: new DefaultDashboardFactory(this, 'Dashboards', { dashboardNamePrefix: name }),
    });

    facade.addLargeHeader('Orders').monitorApiGatewayV2HttpApi({
      api: props.api,
      humanReadableName: 'API',
      alarmFriendlyName: 'Api',
      addLatencyP90Alarm: { Warning: { maxLatency: Duration.seconds(1) } },
      add5xxRateAlarm: { Critical: { maxErrorRate: 0.01 } },
    });
    for (const [alarmFriendlyName, lambdaFunction] of Object.entries(props.functions)) {
      facade.monitorLambdaFunction({
        lambdaFunction,
        alarmFriendlyName,
        addFaultCountAlarm: { Warning: { maxErrorCount: 5 } },
        addThrottlesCountAlarm: { Warning: { maxErrorCount: 5 } },
      });
    }
    facade
      .monitorDynamoTable({ table: props.data.table, addSystemErrorCountAlarm: { Warning: { maxErrorCount: 5 } } })
      .monitorSqsQueueWithDlq({
        queue: props.data.shipments,
        deadLetterQueue: props.data.failedShipments,
        addQueueMaxMessageAgeAlarm: { Warning: { maxAgeInSeconds: 900 } },
        addDeadLetterQueueMaxSizeAlarm: { Critical: { maxMessageCount: 0 } },
      })
      .monitorSimpleFargateService({
        fargateService: props.service.service,
        alarmFriendlyName: 'Worker',
        addCpuUsageAlarm: { Warning: { maxUsagePercent: 90 } },
      });
  }
}
