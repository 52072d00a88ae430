/** The folders of each package have an order: no circle of folders, type-only imports included. Tests may look anywhere. */
export default {
  forbidden: [
    {
      name: 'no-circle-of-folders',
      comment: 'a folder imports only folders below it; docs/architecture.md lists them',
      severity: 'error',
      scope: 'folder',
      from: {},
      to: { circular: true },
    },
  ],
  options: {
    includeOnly: '^packages/[a-z-]+/src/',
    exclude: '\\.test(\\.fixture)?\\.ts$',
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
  },
};
