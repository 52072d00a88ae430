/** The argument that names a run, of all commands that take one. */
import { string } from '@oclif/core/args';

export const runArgument = string({
  description: 'ID of the run, a part of it that is unique, or latest.',
  required: true,
});
