/** How large this app is, and where its deployments go; `generate.mjs` writes the numbers. */
import shape from '../shape.json';

export interface Deployment {
  readonly name: string;
  readonly env: { readonly account: string; readonly region: string };
}

export { shape };

export const pipelineEnv = { account: '111111111111', region: 'eu-west-1' };

const accounts = ['222222222222', '333333333333'];
const regions = ['eu-west-1', 'us-east-1'];

/** Deployments in waves, over two accounts and two regions in turn. */
export const waves: Deployment[][] = [];
for (let i = 0; i < shape.deployments; i++) {
  if (i % shape.deploymentsPerWave === 0) waves.push([]);
  const env = { account: accounts[i % 2] as string, region: regions[Math.floor(i / 2) % 2] as string };
  waves[waves.length - 1]?.push({ name: `D${i + 1}`, env });
}
