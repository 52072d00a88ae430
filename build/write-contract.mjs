/**
 * Makes docs/reference/contract.md from the types that plugins write against: names, docstrings, members.
 *
 * node build/write-contract.mjs [--print]
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const target = resolve(root, 'docs/reference/contract.md');

/** Files whose exports are the contract, in the order of the page. */
const files = [
  'core/src/contracts/plugin.ts',
  'core/src/contracts/kind.ts',
  'core/src/contracts/renderer.ts',
  'core/src/contracts/backend.ts',
  'core/src/contracts/emitted-node.ts',
  'core/src/contracts/pipeline-comparison.ts',
  'core/src/contracts/rule.ts',
  'core/src/contracts/rule-page.ts',
  'core/src/definition/rules.ts',
  'core/src/contracts/hooks.ts',
  'core/src/contracts/run-events.ts',
  'core/src/contracts/plugin-manifest.ts',
  'core/src/definition/step.ts',
  'core/src/errors/problem.ts',
  'core/src/errors/cdkpipe-error.ts',
  'backend-codepipeline/src/contract/context.ts',
  'backend-codepipeline/src/contract/action-declaration.ts',
  'backend-codepipeline/src/contract/code-build-spec.ts',
  'backend-codepipeline/src/contract/function-spec.ts',
  'backend-codepipeline/src/contract/grant.ts',
  'backend-codepipeline/src/contract/reviewed-changes.ts',
  'backend-codepipeline/src/contract/told-people.ts',
  'backend-local/src/contract/renderer.ts',
].map((file) => resolve(root, 'packages', file));

/** What the packages export: the rest of a file is their own business. */
const doors = ['core', 'backend-codepipeline', 'backend-local'].map((name) =>
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
  literals.map(({ text }) => ({
    resolvedModule: text.startsWith('.')
      ? { resolvedFileName: resolve(dirname(from), text), extension: ts.Extension.Ts }
      : undefined,
  }));
const program = ts.createProgram([...files, ...doors], options, host);
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
  const tags = symbol.getJsDocTags(checker).map(({ name, text: parts }) => {
    const words = ts.displayPartsToString(parts);
    return name === 'param' ? words.replace(/^(\S+)\s*/, '`$1`: ') : `${name}: ${words}`;
  });
  return [text, ...tags]
    .filter((part) => part !== '')
    .map((part) => part.replace(/\{@link (\w+)\}/g, '`$1`').replace(/\s*\n\s*/g, ' '))
    .join('; ');
}

const cell = (text) => text.replace(/\s+/g, ' ').replaceAll('|', '\\|').trim();

function signatureOf(declaration) {
  const text = declaration
    .getText()
    .replace(/\/\*\*.*?\*\/\s*/gs, '')
    .replace(/\s*\/\/.*$/gm, '');
  return text
    .replace(/^export (declare )?/, '')
    .replace(/\s*\{\s*(return|const|if)\b.*$/s, '')
    .replace(/;$/, '');
}

/** Rows of an interface; none for what is no object. */
function membersOf(declaration) {
  const members =
    ts.isInterfaceDeclaration(declaration) || ts.isClassDeclaration(declaration) ? declaration.members : [];
  return [...members].flatMap((member) => {
    if (!member.name || ts.isConstructorDeclaration(member)) return [];
    const symbol = checker.getSymbolAtLocation(member.name);
    const name = member.name.getText();
    const type = ts.isMethodSignature(member)
      ? `(${member.parameters.map((each) => each.getText()).join(', ')}) => ${member.type?.getText() ?? 'void'}`
      : (member.type?.getText() ?? checker.typeToString(checker.getTypeAtLocation(member)));
    return [
      `| \`${name}${member.questionToken ? '?' : ''}\` | ${type === undefined ? '' : `\`${cell(type)}\``} | ${cell(docOf(symbol))} |`,
    ];
  });
}

function sectionOf(symbol) {
  const declarations = (symbol.declarations ?? []).filter(
    (each) => !ts.isFunctionDeclaration(each) || !each.body || symbol.declarations.length === 1,
  );
  const [first] = declarations;
  if (!first) return [];
  const rows = declarations.flatMap(membersOf);
  const code =
    rows.length > 0
      ? []
      : [
          `\`\`\`ts\n${declarations.map((each) => signatureOf(ts.isVariableDeclaration(each) ? each.parent.parent : each)).join('\n')}\n\`\`\``,
        ];
  const table = rows.length > 0 ? [['| member | type | meaning |', '| --- | --- | --- |', ...rows].join('\n')] : [];
  const doc = docOf(symbol);
  return [`### ${symbol.name}`, ...(doc === '' ? [] : [doc]), ...code, ...table];
}

export function contractPage() {
  const parts = files.flatMap((file) => {
    const source = program.getSourceFile(file);
    const title = /^\/\*\*\s*(.*?)\s*\*\//s.exec(source.text)?.[1]?.replace(/\s*\n \* ?/g, ' ') ?? '';
    const symbols = checker
      .getExportsOfModule(checker.getSymbolAtLocation(source))
      .map(resolved)
      .filter((symbol) => exported.has(symbol));
    if (symbols.length === 0) return [];
    const path = relative(root, file).replaceAll('\\', '/');
    return [
      `## ${path
        .replace(/^packages\//, '@cdkpipe/')
        .replace(/\/src\//, ': ')
        .replace(/\.ts$/, '')}`,
      title,
      ...symbols.flatMap(sectionOf),
    ];
  });
  return `${['# The contract', 'Made from the types by `npm run docs:contract`; [how a plugin is written](../authors.md) tells what to do with them.', ...parts].join('\n\n')}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const page = contractPage();
  if (process.argv.includes('--print')) process.stdout.write(page);
  else {
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, page);
  }
}
