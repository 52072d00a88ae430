/** The architecture of a machine, as CodeBuild and CDK name it. */
export type Architecture = 'x86_64' | 'arm64';
