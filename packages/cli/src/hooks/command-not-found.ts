/** Answers a command that does not exist with the ones that are close to it. */
import { refused } from '@cdkpipe/core';
import type { Hook } from '@oclif/core/hooks';
import { commandUnknown } from '../problems/problems.ts';

const commandNotFound: Hook.CommandNotFound = async ({ id, config }) => {
  throw refused([commandUnknown(id, config.commandIDs)]);
};

export default commandNotFound;
