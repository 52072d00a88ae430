/** Installs a tool of the pipeline's own in a build, in the version and with the content that the project has. */
import type { InstalledTool, Tool } from './tool-versions.ts';

interface ToolVariable {
  readonly name: string;
  readonly type: 'PLAINTEXT';
  readonly value: string;
}

export interface ToolInstallation {
  readonly command: string;
  readonly variables: readonly ToolVariable[];
}

/**
 * With `npm ci`, which refuses a package whose content is not that of its lock file (`integrity` in
 * https://docs.npmjs.com/cli/v10/configuring-npm/package-lock-json). The lock file is written from variables of the project: in the
 * assembly the build could change it. It names no registry, so that npm takes the one that is configured. What is not known to be
 * in one package is installed by its version.
 *
 * @param prefix of the names of variables
 */
export function installTool(tool: Tool, { version, integrity }: InstalledTool, prefix: string): ToolInstallation {
  const [versionName, integrityName] = [`${prefix}_VERSION`, `${prefix}_INTEGRITY`];
  const variable = (name: string, value: string): ToolVariable => ({ name, type: 'PLAINTEXT', value });
  if (integrity === undefined)
    return {
      command: `npm install --global --ignore-scripts "${tool}@$${versionName}"`,
      variables: [variable(versionName, version)],
    };
  const wanted = `{"dependencies":{"${tool}":"%s"}}`;
  const lock = `{"lockfileVersion":3,"packages":{"":${wanted},"node_modules/${tool}":{"version":"%s","integrity":"%s"}}}`;
  return {
    command: [
      'cdkpipe_tool=$(mktemp -d)',
      `printf '${wanted}' "$${versionName}" > "$cdkpipe_tool/package.json"`,
      `printf '${lock}' "$${versionName}" "$${versionName}" "$${integrityName}" > "$cdkpipe_tool/package-lock.json"`,
      'npm ci --ignore-scripts --no-audit --no-fund --prefix "$cdkpipe_tool"',
      'export PATH="$cdkpipe_tool/node_modules/.bin:$PATH"',
    ].join(' && '),
    variables: [variable(versionName, version), variable(integrityName, integrity)],
  };
}
