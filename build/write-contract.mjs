/**
 * Makes the pages of docs/reference from the types that plugins write against: names, docstrings, members, links, and values that
 * taps are really given.
 *
 * node build/write-contract.mjs [--print]
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { readExamples } from './reference-examples.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/** Files whose exported types are a page, in their order. */
const pages = [
  {
    file: 'contract.md',
    title: 'The contract',
    files: [
      'core/src/contracts/plugin.ts',
      'core/src/contracts/protocol.ts',
      'core/src/contracts/kind.ts',
      'core/src/contracts/renderer.ts',
      'core/src/contracts/backend.ts',
      'core/src/contracts/artifact.ts',
      'core/src/contracts/capabilities.ts',
      'core/src/contracts/emitted-node.ts',
      'core/src/contracts/pipeline-comparison.ts',
      'core/src/contracts/rule.ts',
      'core/src/contracts/rule-page.ts',
      'core/src/contracts/kind-page.ts',
      'core/src/contracts/option-schema.ts',
      'core/src/contracts/hooks.ts',
      'core/src/contracts/run-events.ts',
      'core/src/contracts/plugin-manifest.ts',
      'core/src/errors/problem.ts',
      'core/src/errors/cdkpipe-error.ts',
      'backend-codepipeline/src/contract/context.ts',
      'backend-codepipeline/src/contract/action-declaration.ts',
      'backend-codepipeline/src/contract/code-build-spec.ts',
      'backend-codepipeline/src/contract/function-spec.ts',
      'backend-codepipeline/src/contract/grant.ts',
      'backend-codepipeline/src/contract/reviewed-changes.ts',
      'backend-codepipeline/src/contract/told-people.ts',
      'backend-codepipeline/src/options/options.ts',
      'backend-local/src/contract/renderer.ts',
      'deployer-cloudformation/src/contract/retry.ts',
      'deployer-cloudformation/src/contract/change-summary.ts',
    ],
  },
  {
    file: 'definition.md',
    title: 'The definition',
    files: [
      'core/src/contracts/define-config.ts',
      'core/src/definition/definition.ts',
      'core/src/definition/deployment.ts',
      'core/src/definition/stage-class.ts',
      'core/src/definition/build.ts',
      'core/src/definition/source.ts',
      'core/src/definition/step.ts',
      'core/src/definition/rules.ts',
      'core/src/definition/output.ts',
      'core/src/definition/references.ts',
    ],
  },
  {
    file: 'pipeline.md',
    title: 'The pipeline',
    files: [
      'core/src/model/pipeline.ts',
      'core/src/model/environment.ts',
      'core/src/model/source.ts',
      'core/src/model/source-attributes.ts',
      'core/src/model/pipeline-variable.ts',
      'core/src/model/build.ts',
      'core/src/model/build-settings.ts',
      'core/src/model/build-spec.ts',
      'core/src/model/architecture.ts',
      'core/src/model/workflow.ts',
      'core/src/model/step.ts',
      'core/src/model/gates.ts',
      'core/src/model/output-reference.ts',
      'core/src/model/value-reference.ts',
    ],
  },
  { file: 'assembly.md', title: 'The assembly', files: ['core/src/contracts/assembly.ts'] },
  {
    file: 'plan.md',
    title: 'The plan',
    files: ['core/src/plan/plan.ts', 'core/src/plan/node.ts', 'core/src/plan/layout.ts', 'core/src/plan/graph.ts'],
  },
].map((page) => ({ ...page, files: page.files.map((file) => resolve(root, 'packages', file)) }));

/** What the packages export: the rest of a file is their own business. */
const doors = ['core', 'backend-codepipeline', 'backend-local', 'deployer-cloudformation'].map((name) =>
  resolve(root, `packages/${name}/src/index.ts`),
);

const options = {
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  target: ts.ScriptTarget.ES2022,
  allowImportingTsExtensions: true,
  noEmit: true,
  types: [],
};
const host = ts.createCompilerHost(options);
// Types of other packages are shown by their names; reading those of the CDK would take half a minute.
host.resolveModuleNameLiterals = (literals, from) =>
  literals.map(({ text }) => {
    const [, own] = /^@cdkpipe\/([\w-]+)$/.exec(text) ?? [];
    const file = text.startsWith('.')
      ? resolve(dirname(from), text)
      : own && resolve(root, `packages/${own}/src/index.ts`);
    return { resolvedModule: file ? { resolvedFileName: file, extension: ts.Extension.Ts } : undefined };
  });
const program = ts.createProgram([...pages.flatMap(({ files }) => files), ...doors], options, host);
const checker = program.getTypeChecker();
const exported = new Set(
  doors.flatMap((door) => {
    const symbol = checker.getSymbolAtLocation(program.getSourceFile(door));
    return checker.getExportsOfModule(symbol).map((each) => resolved(each));
  }),
);

function resolved(symbol) {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

function docOf(symbol) {
  const text = ts.displayPartsToString(symbol.getDocumentationComment(checker));
  const told = symbol.getJsDocTags(checker).filter(({ name }) => name !== 'example');
  const tags = told.map(({ name, text: parts }) => {
    const words = ts.displayPartsToString(parts);
    return name === 'param' ? words.replace(/^(\S+)\s*/, '`$1`: ') : `${name}: ${words}`;
  });
  return [text, ...tags]
    .filter((part) => part !== '')
    .map((part) => part.replace(/\{@link (\w+)\s*\}/g, '`$1`').replace(/\s*\n\s*/g, ' '))
    .join('; ');
}

const cell = (text) => text.replace(/\s+/g, ' ').replaceAll('|', '\\|').trim();

function signatureOf(declaration) {
  return withoutComments(declaration.getText())
    .replace(/^export (declare )?/, '')
    .replace(/\s*\{\s*(return|const|if)\b.*$/s, '')
    .replace(/;$/, '');
}

// By name, as a backend that adds to an interface of core makes another symbol of it.
const exportedNames = new Set([...exported].map(({ name }) => name));

/** Where each type has its section. */
const sections = new Map(
  pages.flatMap(({ file, files }) =>
    files.flatMap((path) => exportedBy(path).map((symbol) => [symbol.name, `${file}#${symbol.name.toLowerCase()}`])),
  ),
);

/** Types first: where a function is called like a type, the plain anchor is that of the type. */
function exportedBy(path) {
  return checker
    .getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(path)))
    .map(resolved)
    .filter(({ name }) => exportedNames.has(name))
    .sort((a, b) => Number(isType(b)) - Number(isType(a)));
}

/** Names of exported types that a text of code names, without `own`. */
function typesIn(text, own) {
  const names = new Set(text.match(/\b[A-Z][A-Za-z0-9]+\b/g) ?? []);
  return [...names].filter((name) => name !== own && typeNames.has(name));
}

const typeNames = new Set([...exported].filter(isType).map(({ name }) => name));

function isType({ flags }) {
  return (flags & (ts.SymbolFlags.Interface | ts.SymbolFlags.TypeAlias | ts.SymbolFlags.Class)) !== 0;
}

/** Types that a section names and no page has. */
const missing = new Set();

function linksOf(text, own, page) {
  return typesIn(text, own).flatMap((name) => {
    const place = own === name ? undefined : sections.get(name);
    if (place === undefined) {
      missing.add(`${name} (named by ${own})`);
      return [];
    }
    return [`[${name}](${place.startsWith(`${page}#`) ? place.slice(page.length) : place})`];
  });
}

/** Members of an interface with those that it inherits, of a class its own; none for what is no object. */
function membersOf(declaration) {
  if (ts.isInterfaceDeclaration(declaration))
    return checker
      .getTypeAtLocation(declaration)
      .getProperties()
      .flatMap((property) => property.declarations?.[0] ?? []);
  return ts.isClassDeclaration(declaration) ? [...declaration.members] : [];
}

function rowsOf(declaration, own, page) {
  return membersOf(declaration).flatMap((member) => {
    if (!member.name || ts.isConstructorDeclaration(member)) return [];
    const symbol = checker.getSymbolAtLocation(member.name);
    const name = member.name.getText();
    const type = ts.isMethodSignature(member)
      ? `(${member.parameters.map((each) => each.getText()).join(', ')}) => ${member.type?.getText() ?? 'void'}`
      : (member.type?.getText() ?? checker.typeToString(checker.getTypeAtLocation(member)));
    const text = cell(withoutComments(type));
    const meaning = [cell(docOf(symbol)), linksOf(text, own, page).join(', ')]
      .filter((part) => part !== '')
      .join(' → ');
    return [`| \`${name}${member.questionToken ? '?' : ''}\` | \`${text}\` | ${meaning} |`];
  });
}

function withoutComments(text) {
  return text.replace(/\/\*\*.*?\*\/\s*/gs, '').replace(/\s*\/\/.*$/gm, '');
}

function sectionOf(symbol, page, examples) {
  const declarations = (symbol.declarations ?? []).filter(
    (each) => !ts.isFunctionDeclaration(each) || !each.body || symbol.declarations.length === 1,
  );
  const [first] = declarations;
  if (!first) return [];
  const rows = declarations.flatMap((each) => rowsOf(each, symbol.name, page));
  const doc = docOf(symbol);
  const code = exampleOf(symbol);
  const example = code ? `ts\n${code}` : examples.has(symbol.name) && `js\n${examples.get(symbol.name)}`;
  if (ts.isInterfaceDeclaration(first) && !example) withoutExample.push(`${page}: ${symbol.name}`);
  return [
    `### ${symbol.name}`,
    ...(doc === '' ? [] : [doc]),
    ...(rows.length > 0 ? [table(rows)] : codeOf(declarations, symbol.name, page)),
    ...(example ? [`For example:\n\n\`\`\`${example}\n\`\`\``] : []),
  ];
}

/** Interfaces that no page shows a value of. */
const withoutExample = [];

/** What `@example` of its docstring says. */
function exampleOf(symbol) {
  const tag = symbol.getJsDocTags(checker).find(({ name }) => name === 'example');
  return tag && ts.displayPartsToString(tag.text).trim();
}

function codeOf(declarations, own, page) {
  const code = declarations
    .map((each) => signatureOf(ts.isVariableDeclaration(each) ? each.parent.parent : each))
    .join('\n');
  const links = linksOf(code, own, page);
  return [`\`\`\`ts\n${code}\n\`\`\``, ...(links.length > 0 ? [`→ ${links.join(', ')}`] : [])];
}

const table = (rows) => ['| member | type | meaning |', '| --- | --- | --- |', ...rows].join('\n');

function pageOf({ file, title, files }, examples) {
  const parts = files.flatMap((path) => {
    const symbols = exportedBy(path);
    if (symbols.length === 0) return [];
    const [, about = ''] = /^\/\*\*\s*(.*?)\s*\*\//s.exec(program.getSourceFile(path).text) ?? [];
    const shown = relative(root, path).replaceAll('\\', '/');
    return [
      `## ${shown
        .replace(/^packages\//, '@cdkpipe/')
        .replace(/\/src\//, ': ')
        .replace(/\.ts$/, '')}`,
      about.replace(/\s*\n \* ?/g, ' '),
      ...symbols.flatMap((symbol) => sectionOf(symbol, file, examples)),
    ];
  });
  const others = pages.filter((page) => page.file !== file).map((page) => `[${page.title}](${page.file})`);
  const intro = `Made from the types by \`npm run docs:contract\`; [how a plugin is written](../authors.md) tells what to do with them. See also: ${others.join(', ')}.`;
  return `${[`# ${title}`, intro, ...parts].join('\n\n')}\n`;
}

/** Texts of the pages by their files, and the types that none of them has. */
export async function referencePages() {
  const examples = await readExamples();
  const texts = Object.fromEntries(pages.map((page) => [page.file, pageOf(page, examples)]));
  return { texts, missing: [...missing].sort(), withoutExample: withoutExample.toSorted() };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const reference = await referencePages();
  if (process.argv.includes('--print')) process.stdout.write(JSON.stringify(reference));
  else {
    const directory = resolve(root, 'docs/reference');
    mkdirSync(directory, { recursive: true });
    for (const [file, text] of Object.entries(reference.texts)) writeFileSync(resolve(directory, file), text);
    if (reference.missing.length > 0) console.error(`without a section: ${reference.missing.join(', ')}`);
  }
}
