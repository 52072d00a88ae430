/** What a source cannot be. */
import type { Problem } from '@cdkpipe/core';
import { at, type Place } from './place.ts';

export const tokenSecretInvalid = (name: string, place: Place): Problem => ({
  code: 'TOKEN_SECRET_INVALID',
  message: `"${name}" cannot be the name or ARN of a Secrets Manager secret`,
  fix: 'use letters, digits and / _ + = . @ -',
  ...at(place),
});

export const sourceElsewhere = (region: string, place: Place): Problem => ({
  code: 'SOURCE_ELSEWHERE',
  message: `the source action would work in "${region}"; CodePipeline fetches sources in its own region only`,
  fix: 'leave `region` out of the action',
  ...at(place),
});

/** AWS documents `BranchName` for a change of a branch, and no variable that holds a tag. */
export const branchOfTag = (place: Place): Problem => ({
  code: 'BRANCH_OF_TAG',
  message:
    'tags start runs of this pipeline, and CodePipeline does not say what `source.attribute("branch")` is in such a run',
  fix: 'use `source.attribute("commitId")`, or leave out the `tags` of `source.triggers.push`',
  ...at(place),
});

export const triggerFilterInvalid = (path: string, fault: string, fix: string): Problem => ({
  code: 'TRIGGER_FILTER_INVALID',
  message: `CodePipeline cannot start on this filter: ${fault}`,
  path,
  fix,
});
