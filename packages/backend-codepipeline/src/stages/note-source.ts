/** What the plan says about how a change of the main source starts the pipeline. */
import { environmentName, type Plan, type PlanNote, type Source } from '@cdkpipe/core';

/** Notes about the main source; additional sources start nothing. */
export function noteSource({ pipeline: { source, env } }: Plan): PlanNote[] {
  const text = source.trigger === 'poll' ? pollNote : findEventNote(source, environmentName(env));
  return text === undefined ? [] : [{ about: 'source', text }];
}

/** https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_PipelineMetadata.html, `pollingDisabledAt` */
const pollNote =
  'CodePipeline polls for changes, and AWS disables that for a pipeline without a run for 30 days; trigger: "event" (GitHub: "webhook") does not stop';

/** https://docs.aws.amazon.com/codepipeline/latest/userguide/create-S3-source-events.html: events stay where the bucket is. */
function findEventNote(source: Source, home: string): string | undefined {
  if (source.type !== 's3' || source.trigger !== 'event') return undefined;
  return `the bucket ${source.bucket} must be in ${home}, have versioning turned on and send its events to Amazon EventBridge, else no upload starts a run; for any other bucket use trigger: "poll"`;
}
