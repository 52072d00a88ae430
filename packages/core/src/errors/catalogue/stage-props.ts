/** Words for properties of a stage. */
import type { Problem } from '../problem.ts';

export const stagePropsUnused = (path: string, deployment: string, isClass: boolean): Problem => ({
  code: 'STAGE_PROPS_UNUSED',
  message: `the deployment "${deployment}" has \`stageProps\`, but ${
    isClass ? 'its stage is constructed by a class' : 'constructs no stage'
  }`,
  path: `${path}.stageProps`,
  fix: isClass
    ? 'write them into the props of the class: stageClass(OrdersStage, { props: { … } })'
    : 'set them in the program that wrote the assembly',
});
