/** Asks for the capabilities that a template with IAM resources needs. */
import { AwsFault } from './fault.test.fixture.ts';
import { typeOf } from './resource-types.test.fixture.ts';
import { readTemplate } from './template.test.fixture.ts';

/** API Reference, `CreateChangeSet`, parameter `Capabilities`. */
export function checkCapabilities(templateText: string, given: readonly string[]): void {
  const iam = Object.values(readTemplate(templateText).Resources).filter(({ Type }) => Type.startsWith('AWS::IAM::'));
  if (iam.length === 0 || given.includes('CAPABILITY_NAMED_IAM')) return;
  const isNamed = iam.some(({ Type, Properties = {} }) => (typeOf(Type).nameProperty ?? '') in Properties);
  const needed = isNamed ? 'CAPABILITY_NAMED_IAM' : 'CAPABILITY_IAM';
  if (!given.includes(needed))
    throw new AwsFault('InsufficientCapabilitiesException', `Requires capabilities : [${needed}]`);
}
