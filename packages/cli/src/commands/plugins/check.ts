/** `cdkpipe plugins:check`: holds a plugin, as it would be published, against every check of the testkit. */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pluginFailed } from '@cdkpipe/core';
import { string } from '@oclif/core/args';
import { CdkpipeCommand } from '../../command/cdkpipe-command.ts';
import { interruptible } from '../../process/interruption.ts';
import { print } from '../../terminal/print.ts';

export default class PluginsCheck extends CdkpipeCommand {
  static override summary = 'Check whether a plugin keeps its contract, before it is published.';
  static override description =
    `Packs the directory as npm publish would, puts the tarball into an empty project and runs every check there, in processes of their own: what package.json says, what an import does, each example on each backend, strange options, gates. Install scripts are not run.

What the plugin needs is taken from here where a version fits, and from the registry otherwise. Exit code 1 when a check of severity error fails.`;
  static override examples = [
    { description: 'The package in this directory; build it first.', command: '<%= config.bin %> <%= command.id %>' },
    '<%= config.bin %> <%= command.id %> acme-cdkpipe-plugin-pager-1.2.0.tgz',
    {
      description: 'What failed, for a script.',
      command: `<%= config.bin %> <%= command.id %> --json | jq -r '.checks[] | select(.state == "failed") | .id'`,
    },
  ];
  static override args = {
    plugin: string({
      name: 'PLUGIN',
      description: 'A tarball that npm pack made, or the directory of a package.',
      default: '.',
    }),
  };

  async run(): Promise<unknown> {
    const { args } = await this.parse(PluginsCheck);
    const { checkInChild } = await import('@cdkpipe/testkit');
    const { findTarball } = await import('../../plugin-check/find-tarball.ts');
    const { installAlone } = await import('../../plugin-check/install-alone.ts');
    const { checksBroken } = await import('../../plugin-check/problems.ts');
    const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'cdkpipe-plugins-check-')));
    try {
      const { name, version, report } = await interruptible(async (signal) => {
        const tarball = await findTarball(args.plugin, scratch, signal);
        const installed = await installAlone(tarball, {
          project: scratch,
          from: tarball === resolve(args.plugin) ? process.cwd() : resolve(args.plugin),
          signal,
        });
        return { ...installed, report: await checkInChild(installed.directory, signal) };
      });
      const { results, failure } = report;
      if (failure !== undefined) throw pluginFailed([checksBroken(name, failure)]);
      if (results.some(({ state, severity }) => state === 'failed' && severity === 'error')) process.exitCode = 1;
      if (this.jsonEnabled()) return { name, version, checks: results, errors: [], warnings: [] };
      const { checkReport } = await import('../../views/check-report.ts');
      const { paintFor } = await import('../../views/paint.ts');
      print(process.stdout, checkReport({ name, version, results }, paintFor(process.stdout)));
      return undefined;
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  }
}
