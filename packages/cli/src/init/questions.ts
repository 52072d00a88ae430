/** The questions of `cdkpipe init`, in the order in which they are asked. */
import { isAccount, isName, isRegion } from '@cdkpipe/core';
import type { Known, Question } from './question.ts';
import { sourceQuestions } from './source-questions.ts';

const account = (name: string, message: string, placeholder: string): Question => ({
  name,
  message,
  value: 'ACCOUNT',
  expected: 'an AWS account of 12 digits',
  accepts: isAccount,
  suggest: () => placeholder,
  isPlaceholder: true,
});

const region = (name: string, message: string, suggest: (known: Known) => string): Question => ({
  name,
  message,
  value: 'REGION',
  expected: 'an AWS region such as eu-west-1',
  accepts: isRegion,
  suggest,
});

/** @param directory name of the directory, from which the pipeline's name is suggested */
export function questionsFor(directory: string): readonly Question[] {
  return [
    {
      name: 'name',
      message: 'Name of the pipeline',
      value: 'NAME',
      expected: 'a name of 1 to 100 of the characters A-Z a-z 0-9 . @ _ -',
      accepts: isName,
      suggest: () => nameFrom(directory),
    },
    account('account', 'AWS account of the pipeline itself', '111111111111'),
    region('region', 'AWS region of the pipeline itself', () => usualRegion(process.env)),
    ...sourceQuestions,
    account('beta-account', 'AWS account of the Beta deployment', '222222222222'),
    region('beta-region', 'AWS region of the Beta deployment', ({ region }) => region ?? ''),
    account('prod-account', 'AWS account of the production deployments', '333333333333'),
    {
      name: 'prod-regions',
      message: 'AWS regions of production, with commas between; one wave each, in this order',
      value: 'REGION,...',
      expected: 'different AWS regions with commas between, such as eu-west-1,us-east-1',
      accepts: isRegionList,
      suggest: ({ region }) => region ?? '',
    },
  ];
}

export function splitRegions(text: string): string[] {
  return text.split(',').map((part) => part.trim());
}

function isRegionList(text: string): boolean {
  const regions = splitRegions(text);
  return regions.every(isRegion) && new Set(regions).size === regions.length;
}

/** The nearest thing to a directory's name that is a name. */
function nameFrom(directory: string): string {
  const name = directory.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[-._]+|[-._]+$/g, '');
  return name === '' ? 'app' : name.slice(0, 100);
}

function usualRegion({ AWS_REGION, AWS_DEFAULT_REGION }: NodeJS.ProcessEnv): string {
  return [AWS_REGION, AWS_DEFAULT_REGION].find((text) => text !== undefined && isRegion(text)) ?? 'eu-west-1';
}
