/** Gathers the answers to the questions of `cdkpipe init`, from flags, from a person, or from suggestions. */
import { type Problem, refuseIfAny } from '@cdkpipe/core';
import { answersMissing, flagInvalid, flagUnused } from '../problems/problems.ts';
import type { Known, Question } from './question.ts';

export interface AnswerSources {
  /** Answers given by flags. */
  readonly given: Known;
  /** Asks a person; absent where there is nobody to ask. */
  readonly ask?: (question: Question, suggestion: string, known: Known) => Promise<string>;
  /** Whether suggestions are taken without asking. */
  readonly takeSuggestions: boolean;
}

export interface Answers {
  readonly of: Readonly<Record<string, string>>;
  /** Names of the answers that only hold a place. */
  readonly placeholders: readonly string[];
}

/** @throws CdkpipeError with every flag that is wrong, and then with every answer that is missing */
export async function gatherAnswers(questions: readonly Question[], sources: AnswerSources): Promise<Answers> {
  refuseIfAny(questions.flatMap((question) => invalidFlag(question, sources.given)));
  const known: Record<string, string> = {};
  const placeholders: string[] = [];
  const missing: string[] = [];
  const problems: Problem[] = [];
  for (const question of questions) {
    const given = sources.given[question.name];
    if (question.applies?.(known) === false) {
      if (given !== undefined) problems.push(flagUnused(`--${question.name}`, known.source ?? ''));
      continue;
    }
    // Judged again, now that the answers it depends on are known.
    problems.push(...invalidFlag(question, { ...known, [question.name]: given }));
    const suggestion = question.suggest(known);
    const answer = given ?? (sources.takeSuggestions ? suggestion : await sources.ask?.(question, suggestion, known));
    if (answer === undefined) missing.push(`--${question.name}`);
    if (question.isPlaceholder && given === undefined && answer === suggestion) placeholders.push(question.name);
    // Where an answer is missing, the questions that depend on the likely one are named as missing, too.
    known[question.name] = answer ?? suggestion;
  }
  refuseIfAny([...problems, ...(missing.length > 0 ? [answersMissing(missing)] : [])]);
  return { of: known, placeholders };
}

function invalidFlag({ name, accepts, expected }: Question, known: Known): Problem[] {
  const text = known[name];
  return text === undefined || accepts(text, known) ? [] : [flagInvalid(`--${name}`, text, expected)];
}
