/** Random change sets and templates: reported, with a digest that is the same again; never a crash. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ChangeSet } from './change-set.ts';
import { reportChanges } from './report.ts';

const seconds = Number(process.env.FUZZ_SECONDS ?? 3);
const limits = { numRuns: Number.MAX_SAFE_INTEGER, interruptAfterTimeLimit: seconds * 1000, endOnFailure: true };

const text = fc.oneof(
  fc.constantFrom(
    '__proto__',
    'constructor',
    'Ref',
    'Fn::GetAtt',
    'Fn::If',
    'Fn::Sub',
    'Statement',
    'Properties',
    'AWS::IAM::Role',
    'AWS::S3::Bucket',
    'Add',
    'Remove',
    '*',
  ),
  fc.string({ unit: 'binary', maxLength: 8 }),
);
const json = fc.object({ key: text, values: [text, fc.integer(), fc.boolean(), fc.constant(null)], maxDepth: 5 });
const resource = fc.record(
  { Type: text, Properties: json, Condition: text, DeletionPolicy: json },
  { requiredKeys: ['Type'] },
);
const template = fc.oneof(
  json,
  fc.record({
    Resources: fc.dictionary(text, fc.oneof(resource, json)),
    Conditions: json,
    Parameters: json,
    Outputs: json,
  }),
);
const change = fc.record(
  {
    logicalId: text,
    type: text,
    action: text,
    replacement: text,
    policyAction: text,
    physicalId: text,
    details: fc.array(
      fc.record({ attribute: text, name: text, source: text, requiresRecreation: text, causedBy: text }),
    ),
  },
  { requiredKeys: ['logicalId', 'type', 'action'] },
);
const changeSet = fc.record(
  {
    stack: text,
    id: text,
    isEmpty: fc.boolean(),
    isMissing: fc.boolean(),
    changes: fc.array(change),
    before: template,
    after: template,
  },
  { requiredKeys: ['stack', 'isEmpty', 'changes'] },
);

test(
  'change sets of any content',
  () => {
    fc.assert(
      fc.property(fc.array(changeSet, { maxLength: 3 }), (changeSets) => {
        const report = reportChanges(changeSets as ChangeSet[]);
        expect(reportChanges(changeSets as ChangeSet[]).digest).toBe(report.digest);
        expect(report.stacks).toHaveLength(changeSets.length);
      }),
      limits,
    );
  },
  seconds * 1000 + 30_000,
);
