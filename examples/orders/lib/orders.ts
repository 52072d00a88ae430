/** The whole app: the stacks of one deployment, wired together. Every wave deploys this, with its own settings. */
import { type Stage, Tags } from 'aws-cdk-lib';
import { Api } from './api.ts';
import { Data } from './data.ts';
import { Fulfilment } from './fulfilment.ts';
import { Monitoring } from './monitoring.ts';
import { Network } from './network.ts';

export interface OrdersSettings {
  readonly natGateways: number;
  /** How many tasks ship orders. */
  readonly workers: { readonly min: number; readonly max: number };
  /** Whether orders and invoices outlive their stack. */
  readonly keepData: boolean;
}

export function orders(settings: OrdersSettings): (stage: Stage) => void {
  return (stage) => {
    const { vpc } = new Network(stage, 'Network', { natGateways: settings.natGateways });
    const data = new Data(stage, 'Data', { keepData: settings.keepData });
    const { api, functions } = new Api(stage, 'Api', { table: data.table, shipments: data.shipments });
    const { service } = new Fulfilment(stage, 'Fulfilment', { vpc, data, workers: settings.workers });
    new Monitoring(stage, 'Monitoring', { api, functions, data, service });

    Tags.of(stage).add('team', stage.node.getContext('orders:team'));
  };
}
