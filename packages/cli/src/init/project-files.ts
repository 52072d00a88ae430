/** Makes the files of a new project from the answers; pure but for reading the templates that ship with us. */
import { readFileSync } from 'node:fs';
import { configFile } from './config-file.ts';
import { splitRegions } from './questions.ts';

export interface NewProject {
  readonly answers: Texts;
  /** Version of every `@cdkpipe` package. */
  readonly version: string;
  /** Feature flags that a new CDK app should have. */
  readonly context: Readonly<Record<string, unknown>>;
}

type Texts = Readonly<Record<string, string>>;

const cdkpipePackages = ['cli', 'core', 'plugin-codebuild-approval', 'plugin-manual-approval'];

/** Contents by path. */
export function projectFiles(project: NewProject): ReadonlyMap<string, string> {
  const { answers, context } = project;
  return new Map([
    ['.gitignore', template('gitignore')],
    ['README.md', readme(answers)],
    ['cdk.json', json({ app: 'npx cdkpipe synth', context })],
    ['cdkpipe.config.ts', configFile(answers)],
    ['functions/hello.mjs', template('functions/hello.mjs')],
    ['lib/hello.ts', template('lib/hello.ts')],
    ['package.json', manifest(project)],
    ['tsconfig.json', template('tsconfig.json')],
  ]);
}

function manifest({ answers, version }: NewProject): string {
  const { devDependencies, ...rest } = JSON.parse(template('package.json')) as Record<string, object>;
  const ours = cdkpipePackages.map((name) => [`@cdkpipe/${name}`, version]);
  return json({
    name: packageName(answers.name ?? ''),
    ...rest,
    devDependencies: sorted({ ...devDependencies, ...Object.fromEntries(ours) }),
  });
}

function readme(answers: Texts): string {
  return template('README.md')
    .replace('{{NAME}}', answers.name ?? '')
    .replace('{{BOOTSTRAP}}', bootstrapCommands(answers));
}

/** What prepares the environments, indented as in the list where it stands. */
function bootstrapCommands(answers: Texts): string {
  const prodRegions = splitRegions(answers['prod-regions'] ?? '');
  const regions = [answers.region, answers['beta-region'], ...prodRegions];
  // The pipeline keeps a bucket in each region it deploys to, so its account is bootstrapped there too.
  const home = [...new Set(regions.map((region) => `aws://${answers.account}/${region}`))];
  const beta = `aws://${answers['beta-account']}/${answers['beta-region']}`;
  const prod = prodRegions.map((region) => `aws://${answers['prod-account']}/${region}`);
  const others = [...new Set([beta, ...prod])].filter((target) => !home.includes(target));
  const commands = [
    `npx cdk bootstrap ${home.join(' ')}`,
    ...others.map(
      (target) =>
        `npx cdk bootstrap ${target} --trust ${answers.account} \\\n  --cloudformation-execution-policies arn:aws:iam::aws:policy/AdministratorAccess`,
    ),
  ];
  return commands.join('\n').replaceAll('\n', '\n   ');
}

/** npm allows less in a name than CodePipeline does. */
function packageName(name: string): string {
  const allowed = name
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return allowed === '' ? 'app' : allowed;
}

function template(path: string): string {
  return readFileSync(new URL(`../../templates/${path}`, import.meta.url), 'utf8');
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function sorted(entries: object): object {
  return Object.fromEntries(Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1)));
}
