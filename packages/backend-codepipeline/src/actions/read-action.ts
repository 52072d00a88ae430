/** Checks the shape of an action that a renderer or a hook made. */
import { pluginFailed } from '@cdkpipe/core';
import { z } from 'zod';
import type { ActionDeclaration } from '../contract/action-declaration.ts';
import { actionInvalid } from '../problems/actions.ts';
import type { Place } from '../problems/place.ts';

const grant = z.strictObject({
  actions: z.array(z.string()).min(1),
  resources: z.array(z.unknown()).min(1),
  conditions: z.record(z.string(), z.unknown()).optional(),
  reason: z.string(),
  wildcard: z.string().optional(),
  policy: z.string().optional(),
});

const action = z.strictObject({
  category: z.enum(['Source', 'Build', 'Test', 'Deploy', 'Approval', 'Invoke', 'Compute']),
  owner: z.enum(['AWS', 'ThirdParty', 'Custom']).optional(),
  provider: z.string().min(1),
  version: z.string().optional(),
  configuration: z.record(z.string(), z.unknown()),
  passUnless: z
    .array(z.enum(['changes', 'permissions', 'stateful']))
    .min(1)
    .optional(),
  answeredBy: z.literal('function').optional(),
  inputs: z.array(z.string()).optional(),
  outputs: z.array(z.string()).optional(),
  variables: z.array(z.string().min(1)).optional(),
  timeout: z.int().min(1).optional(),
  roleArn: z.unknown().optional(),
  region: z.string().optional(),
  grants: z.array(grant).optional(),
});

/** @param kind who made it, for the message: the kind of a step, or the type of a node that a hook changed */
export function readAction(value: unknown, kind: string, place: Place): ActionDeclaration {
  const result = action.safeParse(value);
  if (result.success) return value as ActionDeclaration;
  const issue = result.error.issues.map(({ path, message }) => `${path.join('.') || 'action'}: ${message}`).join(', ');
  throw pluginFailed([actionInvalid(kind, issue, place)]);
}
