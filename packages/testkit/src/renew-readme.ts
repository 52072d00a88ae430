/** Keeps the pages of kinds in a README true: what stands between two marks is made from the schemas. */
import { describeKind, type Plugin } from '@cdkpipe/core';
import { kindPage } from './kind-page.ts';

/** The line before the page of a kind, and the one behind it. */
export const marksOf = (kind: string): readonly [string, string] => [`<!-- kind ${kind} -->`, `<!-- /kind ${kind} -->`];

/** @returns the text with the page of each kind between its marks; a kind without marks gets none */
export function renewReadme(text: string, plugin: Plugin): string {
  return (plugin.kinds ?? []).reduce((renewed, kind) => {
    const [before, behind] = marksOf(kind.name);
    const [start, end] = [renewed.indexOf(before), renewed.indexOf(behind)];
    if (start < 0 || end < start) return renewed;
    const renderers = (plugin.renderers ?? []).filter((renderer) => renderer.kind === kind.name);
    const page = kindPage({
      page: describeKind(kind),
      plugin: plugin.name,
      backends: renderers.map(({ backend }) => backend),
    });
    // One level below the title of the README.
    const section = page.replace(/^#/gm, '##').trimEnd();
    return `${renewed.slice(0, start)}${before}\n\n${section}\n\n${renewed.slice(end)}`;
  }, text);
}

/** What is left of Markdown apart from how a formatter lays out tables and blank lines. */
export function unformatted(text: string): string {
  return text
    .replace(/[ \t]+/g, ' ')
    .replace(/-{3,}/g, '---')
    .replace(/\n{2,}/g, '\n')
    .replace(/\| (?=\|)/g, '|')
    .replace(/ ?\| ?/g, '|');
}
