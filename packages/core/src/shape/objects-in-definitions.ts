/** Keys of a definition under which objects of the CDK or of a backend stand; everything else is plain data. */
export const objectsInDefinitions = ['backends', 'stacks', 'stageProps'] as const;
