/** Words for what a backend does not declare that it can do. */
import type { Problem } from '../problem.ts';

export const sourceUnsupported = (
  path: string,
  type: string,
  backend: string,
  supported: readonly string[],
): Problem => ({
  code: 'SOURCE_UNSUPPORTED',
  message: `the backend "${backend}" takes no source of type "${type}"`,
  path: `${path}.type`,
  fix: `use a source of type ${supported.join(' or ')}, or another backend`,
});

export const additionalSourceUnsupported = (path: string, type: string, backend: string): Problem => ({
  code: 'SOURCE_UNSUPPORTED',
  message: `the backend "${backend}" takes a source of type "${type}" as the main source only`,
  path,
  fix: 'remove it, and fetch what it holds with a command of the build; or use another backend',
});

export const triggerUnsupported = (
  path: string,
  trigger: string,
  backend: string,
  supported: readonly string[],
): Problem => ({
  code: 'TRIGGER_UNSUPPORTED',
  message: `the backend "${backend}" cannot start runs by the trigger "${trigger}" of the source`,
  path: trigger === 'filters' ? `${path}.triggers` : `${path}.trigger`,
  fix: `use one of ${supported.map((each) => (each === 'filters' ? '`triggers`' : `trigger: '${each}'`)).join(', ')}`,
});

export const fullCloneUnsupported = (path: string, backend: string): Problem => ({
  code: 'SOURCE_UNSUPPORTED',
  message: `the backend "${backend}" cannot hand the build a full clone of the source`,
  path: `${path}.fullClone`,
  fix: 'remove `fullClone`, or use another backend',
});

export const buildSettingUnsupported = (path: string, setting: string, backend: string): Problem => ({
  code: 'BUILD_SETTING_UNSUPPORTED',
  message: `the backend "${backend}" cannot honour the setting \`${setting}\` of the build`,
  path,
  fix: `remove \`${setting}\`, or use another backend`,
});

export const positionUnsupported = (
  { name, position, path }: { readonly name: string; readonly position: string; readonly path: string },
  backend: string,
): Problem => ({
  code: 'POSITION_UNSUPPORTED',
  message: `the step "${name}" is at the position "${position}", where the backend "${backend}" takes no steps`,
  path,
  fix: 'move the step to another position, or use another backend',
});

export const referenceUnsupported = (path: string, reference: string, backend: string): Problem => ({
  code: 'REFERENCE_UNSUPPORTED',
  message: `the backend "${backend}" cannot honour ${reference}`,
  path,
  fix: 'write the value as text, or use another backend',
});

export const runInUnsupported = (path: string, step: string, env: string, backend: string): Problem => ({
  code: 'RUN_IN_UNSUPPORTED',
  message: `the step "${step}" wants to run in ${env}; the backend "${backend}" runs steps only where the pipeline lives`,
  path: `${path}.options.runIn`,
  fix: "leave `runIn` out, or write runIn: 'pipeline'",
});

export const rollbackUnsupported = (path: string, backend: string): Problem => ({
  code: 'ROLLBACK_UNSUPPORTED',
  message: `the backend "${backend}" cannot honour rollback: 'auto'`,
  path: `${path}.rollback`,
  fix: 'remove `rollback`',
});
