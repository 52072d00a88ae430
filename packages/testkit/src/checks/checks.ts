/** Every check, in the order in which they are told. */
import type { Check } from '../check/check.ts';
import { pureLoweringCheck, sameBytesCheck } from './determinism-checks.ts';
import { drawnCheck, drawnLocallyCheck, gatesCheck, mendableCheck, untouchedInputCheck } from './drawing-checks.ts';
import {
  cancelCheck,
  crashCheck,
  rejectionCheck,
  stoppableCheck,
  timeOutCheck,
  worldCheck,
} from './fail-closed-checks.ts';
import { steadyDrawingCheck, steadySchemaCheck } from './fuzz-checks.ts';
import { cleanImportCheck, endingImportCheck, importsCheck, silentImportCheck } from './import-checks.ts';
import { describedOptionsCheck, hasExampleCheck, validExamplesCheck } from './option-checks.ts';
import { installScriptsCheck, keywordCheck, manifestCheck, ownCopyCheck, papersCheck } from './package-checks.ts';
import { agreementCheck, nameCheck, ordinaryPipelineCheck } from './plugin-checks.ts';
import { ruleExamplesCheck, ruleJudgesCheck, ruleOptionsCheck, rulePlacesCheck } from './rule-checks.ts';

export const checks: readonly Check[] = [
  manifestCheck,
  keywordCheck,
  installScriptsCheck,
  ownCopyCheck,
  papersCheck,
  importsCheck,
  silentImportCheck,
  cleanImportCheck,
  endingImportCheck,
  nameCheck,
  agreementCheck,
  ordinaryPipelineCheck,
  describedOptionsCheck,
  hasExampleCheck,
  validExamplesCheck,
  drawnCheck,
  drawnLocallyCheck,
  untouchedInputCheck,
  mendableCheck,
  pureLoweringCheck,
  sameBytesCheck,
  steadySchemaCheck,
  steadyDrawingCheck,
  gatesCheck,
  rejectionCheck,
  timeOutCheck,
  crashCheck,
  cancelCheck,
  stoppableCheck,
  worldCheck,
  ruleExamplesCheck,
  ruleOptionsCheck,
  ruleJudgesCheck,
  rulePlacesCheck,
];
