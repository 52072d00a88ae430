/** The direction of imports: between packages, between the floors of core, and where foreign packages live. */

/** Core's floors, lowest first; a floor imports itself and lower ones, type-only imports included. */
const floors = [
  'errors',
  'model',
  'plan|picture',
  'definition|contracts|schemas',
  'cdk|files',
  'loading',
  'shape',
  'modelling',
  'assembly|planner|validation|output',
  'hooks|host',
];

const floorRules = floors.slice(0, -1).map((floor, index) => ({
  name: `core-floor-${floor.replaceAll('|', '-')}`,
  comment: 'a floor of core imports only itself and lower floors',
  severity: 'error',
  from: { path: `^packages/core/src/(${floor})/`, pathNot: '\\.test(\\.fixture)?\\.ts$' },
  to: { path: `^packages/core/src/(${floors.slice(index + 1).join('|')}|index\\.ts)` },
}));

/** A foreign package and the only places that may import it. */
const homes = [
  ['tapable', '^packages/core/src/hooks/'],
  ['microdiff', '^packages/core/src/(hooks|output)/'],
  ['cosmiconfig', '^packages/core/src/loading/'],
  ['jiti', '^packages/core/src/loading/'],
  ['listr2', '^packages/cli/src/views/'],
  ['@inquirer/[a-z]+', '^packages/cli/src/views/'],
  ['@oclif/core', '^packages/cli/'],
  ['(pacote|npm-registry-fetch|npm-package-arg|sigstore|@sigstore/tuf|@npmcli/config)', '^packages/cli/src/registry/'],
  ['(package-manager-detector|@npmcli/map-workspaces)', '^packages/cli/src/package-manager/'],
  ['@babel/(parser|types)', '^packages/cli/src/(definition-edit|locate)/'],
  [
    'yaml',
    '^packages/cli/src/(definition-edit|locate|package-manager)/|^packages/backend-github/src/workflow/|\\.test(\\.fixture)?\\.ts$',
  ],
  ['@actions/workflow-parser', '^packages/backend-github/src/inspect/'],
  ['verdaccio', '^packages/cli/test/'],
  ['esbuild', '^packages/plugin-lambda-approval/|\\.test\\.ts$'],
  ['fast-check', '^packages/testkit/src/trial/|\\.test(\\.fixture)?\\.ts$'],
  ['libsql', '^packages/backend-local/src/store/'],
  ['@aws-cdk/cloudformation-diff', '^packages/(deployer-cloudformation/src/rehearsal|cli/src/migrate/compare)/'],
  ['@aws-cdk/cdk-assets-lib', '^packages/deployer-cloudformation/src/cloudformation/'],
  ['@smithy/(signature-v4|hash-node)', '^packages/cli/src/aws/'],
  ['wrap-ansi', '^packages/cli/src/views/'],
  [
    '@aws-sdk/client-cloudformation',
    '^packages/(deployer-cloudformation/src/cloudformation|backend-codepipeline/src/reviews/function|cli/src/aws)/',
  ],
];

const homeRules = homes.map(([module, home]) => ({
  name: `home-of-${module.replace(/\W+/g, '-')}`,
  comment: `${module} is imported only in ${home}`,
  severity: 'error',
  from: { pathNot: home },
  to: { path: `node_modules/${module}/` },
}));

export default {
  forbidden: [
    {
      name: 'no-cycle',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'core-imports-no-package-of-ours',
      severity: 'error',
      from: { path: '^packages/core/' },
      to: { path: '^packages/(?!core/)' },
    },
    {
      name: 'the-change-report-imports-no-package-of-ours',
      severity: 'error',
      from: { path: '^packages/change-report/' },
      to: { path: '^packages/(?!change-report/)' },
    },
    {
      name: 'the-deployer-imports-core-and-the-change-report-only',
      severity: 'error',
      from: { path: '^packages/deployer-cloudformation/' },
      to: { path: '^packages/(?!core/|change-report/|deployer-cloudformation/)' },
    },
    {
      name: 'backends-import-core-the-change-report-and-the-deployer-only',
      comment:
        'renderers of kinds that are there already live in src/kinds of a new backend, and know the types of their options',
      severity: 'error',
      from: { path: '^packages/(backend-[a-z]+)/', pathNot: '^packages/backend-[a-z]+/src/kinds/' },
      to: { path: '^packages/(?!core/|change-report/|deployer-cloudformation/)', pathNot: '^packages/$1/' },
    },
    {
      name: 'kinds-of-a-backend-import-plugins-for-types-only',
      severity: 'error',
      from: { path: '^packages/(backend-[a-z]+)/src/kinds/' },
      to: { path: '^packages/plugin-', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'kinds-of-a-backend-import-plugins-beside-what-backends-may',
      severity: 'error',
      from: { path: '^packages/(backend-[a-z]+)/src/kinds/' },
      to: { path: '^packages/(?!core/|change-report/|deployer-cloudformation/|plugin-)', pathNot: '^packages/$1/' },
    },
    {
      name: 'plugins-import-core-and-types-of-backends',
      severity: 'error',
      from: { path: '^packages/(plugin-[a-z-]+)/', pathNot: '\\.test\\.ts$' },
      to: { path: '^packages/(?!core/|backend-)', pathNot: '^packages/$1/' },
    },
    {
      name: 'tests-of-plugins-use-the-testkit',
      severity: 'error',
      from: { path: '^packages/(plugin-[a-z-]+)/.*\\.test\\.ts$' },
      to: { path: '^packages/(?!core/|backend-|testkit/)', pathNot: '^packages/$1/' },
    },
    {
      name: 'the-testkit-imports-no-plugin',
      comment: 'tests of plugins are written with it',
      severity: 'error',
      from: { path: '^packages/testkit/' },
      to: { path: '^packages/plugin-' },
    },
    {
      name: 'plugins-import-backends-for-types-only',
      severity: 'error',
      from: { path: '^packages/plugin-[a-z-]+/' },
      to: { path: '^packages/backend-', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'the-door-only',
      comment: "packages come in by the door or a declared sub-path; tests may use each other's fixtures",
      severity: 'error',
      from: { path: '^packages/([a-z-]+)/' },
      to: { path: '^packages/[a-z-]+/src/', pathNot: '^packages/$1/|\\.test\\.fixture\\.ts$' },
    },
    {
      name: 'the-cdk-is-the-users',
      comment: "sources reach the user's copy of aws-cdk-lib through cdk/cdk-library; types are free",
      severity: 'error',
      from: { path: '^packages/', pathNot: '\\.test(\\.fixture)?\\.ts$|/testing/' },
      to: { path: 'node_modules/(aws-cdk-lib|constructs)/', dependencyTypesNot: ['type-only'] },
    },
    ...floorRules,
    ...homeRules,
  ],
  options: {
    includeOnly: '^(packages|node_modules)/',
    // Imports by the name of a package lead to its dist, so that must not be left out; what is there is not read.
    exclude: '/templates/|^packages/[a-z-]+/test/dist/',
    doNotFollow: { path: ['node_modules', '/dist/'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['types', 'import', 'node', 'default'] },
  },
};
