/** A source of the old pipeline as a source of a definition. */
import { notCarried } from '../old-app/note.ts';
import type { OldSource, OldStep } from '../old-app/old-app.ts';
import { type Code, call, literal, object } from './code.ts';
import type { Context } from './context.ts';

/** Sources whose default in CDK Pipelines is an event: that of S3 is to poll, as here. */
const triggers: Readonly<Record<string, string>> = {
  None: 'none',
  Poll: 'poll',
  POLL: 'poll',
  WebHook: 'webhook',
  Events: 'event',
};

/** @param isMain whether it triggers and is built */
export function sourceCode(source: OldSource, isMain: boolean, context: Context): Code {
  const missing: string[] = [...source.other];
  const text = (name: string, value: string | undefined) => {
    if (value === undefined) missing.push(name);
    return literal(value ?? `TODO-${name}`);
  };
  const code = codeOf(source, { text, trigger: isMain ? triggerOf(source) : undefined });
  if (missing.length > 0)
    context.notes.push(
      notCarried(
        `${missing.join(', ')} of the source ${source.id} is known to CloudFormation alone`,
        'write the value where the definition has TODO, or leave the option out',
        source.at,
      ),
    );
  return code;
}

interface Parts {
  text(name: string, value: string | undefined): Code;
  readonly trigger: Code | undefined;
}

function codeOf(source: OldSource, { text, trigger }: Parts): Code {
  const { branch, fullClone, tag } = source;
  const clone = fullClone === true ? literal(true) : undefined;
  const given = (value: string | undefined) => (value === undefined ? undefined : literal(value));
  switch (source.source) {
    case 'connection':
      return call(
        'source.connection',
        text('repository', source.name),
        object({
          branch: given(branch),
          connectionArn: text('connectionArn', source.connectionArn),
          fullClone: clone,
          trigger,
        }),
      );
    case 'github':
      return call(
        'source.github',
        text('repository', source.name),
        object({ branch: given(branch), tokenSecret: text('tokenSecret', source.tokenSecret), trigger }),
      );
    case 'codeCommit':
      return call(
        'source.codeCommit',
        text('repository', source.name),
        object({ branch: given(branch), fullClone: clone, trigger }),
      );
    case 's3':
      return call(
        'source.s3',
        text('bucket', source.name),
        text('objectKey', source.objectKey),
        ...(trigger === undefined ? [] : [object({ trigger })]),
      );
    case 'ecr':
      return call('source.ecr', text('repository', source.name), ...(tag ? [object({ tag: literal(tag) })] : []));
  }
}

function triggerOf({ trigger }: OldSource): Code | undefined {
  const name = trigger === undefined ? undefined : triggers[trigger];
  return name === undefined ? undefined : literal(name);
}

/** The source that ends up in the workspace of the synth step, perhaps by way of other steps. */
export function findMainSource(synth: OldStep, steps: ReadonlyMap<number, OldStep>): OldSource | undefined {
  const seen = new Set<number>();
  const visit = (step: OldStep | undefined): OldSource | undefined => {
    if (step === undefined || seen.has(step.key)) return undefined;
    seen.add(step.key);
    if (step.type === 'source') return step;
    if (step.type !== 'shell') return undefined;
    const primary = step.inputs.find(({ directory }) => directory === '.') ?? step.inputs[0];
    return primary && visit(steps.get(primary.producer));
  };
  return visit(synth);
}
