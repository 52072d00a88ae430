import type { CfnOutput, Stage } from 'aws-cdk-lib';
import { expect, test } from 'vitest';
import { output } from './output.ts';

interface OrdersStage extends Stage {
  readonly url: CfnOutput;
  readonly api: { readonly urls: readonly [CfnOutput]; find(name: string): CfnOutput };
  readonly isProd: boolean;
}

test('a stack and a name are kept as they are', () => {
  expect(output('Orders', 'Url')).toEqual({ $ref: 'output', stack: 'Orders', name: 'Url' });
});

test('a function becomes the name of the property that it reads', () => {
  expect(output((stage: OrdersStage) => stage.url)).toEqual({ $ref: 'output', stack: '/', name: 'url' });
  expect(output(({ url }: OrdersStage) => url).name).toBe('url');
  expect(output((stage: OrdersStage) => stage.api.urls[0]).name).toBe('api.urls.0');
});

test('the compiler requires a property that is a CfnOutput', () => {
  // @ts-expect-error there is no such property
  output((stage: OrdersStage) => stage.ulr);
  // @ts-expect-error a stage is no output
  expect(() => output((stage: OrdersStage) => stage)).toThrow();
});

test.each<[string, (stage: OrdersStage) => unknown, string]>([
  ['calls a method', (stage) => stage.api.find('Url'), 'it calls "api.find"'],
  ['reads more than it returns', (stage) => (stage.isProd ? stage.url : stage.api), 'it reads "isProd" beside "url"'],
  ['returns the stage', (stage) => stage, 'it returns the stage itself'],
  ['returns something else', () => 'https://example.com', 'it returns something that is no property of the stage'],
  ['is asynchronous', async (stage) => stage.url, 'it is asynchronous'],
  ['makes text of it', (stage) => `${stage.url}`, 'it uses "url" as a value'],
  ['looks for a property', (stage) => ('url' in stage ? stage.url : undefined), 'it inspects the stage'],
  ['changes the stage', (stage) => Object.assign(stage, { tag: 1 }), 'it changes the stage'],
  ['spreads the stage', (stage) => ({ ...stage }).url, 'it inspects the stage'],
  [
    'throws',
    () => {
      throw new Error('not here');
    },
    'it throws: not here',
  ],
])('a function that %s is refused', (_, select, found) => {
  expect(() => output(select as (stage: OrdersStage) => CfnOutput)).toThrow(
    expect.objectContaining({
      code: 'OUTPUT_SELECTOR_INVALID',
      message: `the function given to output(...) cannot be read as a property of the stage: ${found}`,
    }),
  );
});
