/** What a pipeline of cdk-pipelines-github has besides, as parts of a definition. */
import { carriedDifferently, type Note, notCarried } from '../old-app/note.ts';
import type { OldPipeline, OldStage, OldWorkflow } from '../old-app/old-app.ts';
import { type Code, call, literal } from './code.ts';
import { connectionCode } from './connection-code.ts';
import type { Context } from './context.ts';
import { knownEnv } from './known-env.ts';
import type { Names } from './names.ts';

/** The branch is that of the workflow; the repository is known to git alone. */
export function workflowSource({ branches, other, path }: OldWorkflow, context: Context): Code {
  const { pipeline, notes, remote } = context;
  for (const name of other)
    notes.push(
      notCarried(
        `the workflow has ${name}, which has no counterpart`,
        'see docs/moving.md; write it into the definition in another form, or leave it out',
        pipeline.at,
      ),
    );
  notes.push(
    carriedDifferently(
      `the workflow ${path} and its credentials for AWS are no part of the definition: roles of the bootstrap deploy`,
      'delete the file, the secrets and the role that GitHub assumes, once you have moved',
      pipeline.at,
    ),
  );
  const branch = branches[0] ?? remote?.branch ?? 'main';
  const env = knownEnv(firstEnv(pipeline));
  return connectionCode({ remote: remote && { ...remote, branch }, placeholder: 'TODO/repository', env }, notes);
}

/** A workflow has no place in AWS; the pipeline does, by default that of its first deployment. */
export function workflowEnv(pipeline: OldPipeline, notes: Note[]): OldPipeline['env'] {
  const env = firstEnv(pipeline);
  if (env.account !== undefined && env.region !== undefined)
    notes.push(
      carriedDifferently(
        `the pipeline itself lives in ${env.account}/${env.region}, as its first deployment`,
        'nothing, if that is good; else change env at the top of the definition',
      ),
    );
  return env;
}

function firstEnv({ waves }: OldPipeline): OldPipeline['env'] {
  const stages = waves.flatMap((wave) => wave.stages);
  return stages.find(({ env }) => env.account !== undefined && env.region !== undefined)?.env ?? {};
}

/** Whether the environment has reviewers is known to GitHub alone; the safe side is that it has. */
export function environmentGate({ id, gitHubEnvironment, at }: OldStage, names: Names, context: Context): Code[] {
  if (gitHubEnvironment === undefined) return [];
  const name = names.take(gitHubEnvironment, id);
  context.helpers.add('manual');
  context.notes.push(
    carriedDifferently(
      `the environment ${gitHubEnvironment} of ${id}, whose rules only GitHub knows, is a manual approval of the change sets`,
      'nothing, if it has reviewers; else remove the approval',
      at,
    ),
  );
  return [call('manual', literal(name))];
}
