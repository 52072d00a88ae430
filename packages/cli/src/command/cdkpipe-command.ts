/** What all commands have in common: their flags, how they fail, and what `--json` means. */
import { Command } from '@oclif/core/command';
import { boolean } from '@oclif/core/flags';
import { argumentsRefused } from '../problems/arguments-refused.ts';
import { reserveStdout, writeDocument } from '../process/stdout-document.ts';
import { type ReportOptions, reportFailure, reportOptionsOf } from './report-failure.ts';

export abstract class CdkpipeCommand extends Command {
  static override enableJsonFlag = true;
  static override baseFlags = {
    json: boolean({ description: 'Print one JSON document on stdout, and nothing else there.', helpGroup: 'GLOBAL' }),
    debug: boolean({ description: 'Print the stack trace of a failure.', helpGroup: 'GLOBAL' }),
  };

  override async init(): Promise<void> {
    await super.init();
    if (this.jsonEnabled()) reserveStdout();
  }

  override logJson(document: unknown): void {
    writeDocument(document);
  }

  override async catch(error: unknown): Promise<void> {
    // oclif warns of commands that did not parse; one that failed to has said so.
    this.parsed = true;
    reportFailure(this.reword(error), this.reportOptions);
  }

  /** What oclif says of a command line that it cannot parse, in our words. */
  protected reword(error: unknown): unknown {
    return argumentsRefused(error, this.ctor);
  }

  protected get reportOptions(): ReportOptions {
    return { ...reportOptionsOf(this.argv), json: this.jsonEnabled() };
  }
}
