/** Runs CloudFormation's validator over everything that was emitted, off the hot path. */
import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { findCdkLibrary } from '../assembly/cdk-library.ts';
import type { Assembly } from '../contracts/assembly.ts';
import type { Inspection } from '../contracts/backend.ts';
import { refuseIfAny } from '../errors/cdkpipe-error.ts';
import type { Problem } from '../errors/problem.ts';
import {
  startTemplateValidator,
  type TemplateToCheck,
  type TemplateValidator,
} from '../validation/template-validator.ts';
import type { SynthRequest } from './request.ts';

export interface ValidationInput {
  readonly directory: string;
  /** Every file of the assembly, relative to `directory`. */
  readonly files: readonly string[];
  readonly cdkRoot: string;
  readonly assembly: Assembly;
  readonly inspection: Inspection;
}
