/** A live stage as data: its class, its props and where it is constructed. */
import type { OldClass, OldConstant, OldStage, Plain } from '../old-app/old-app.ts';
import { isForeign, siteOf } from './call-site.ts';
import { constantOf } from './cdk-constant.ts';
import { type Constructed, constructed, loadedFiles } from './constructed.ts';
import { bagOf } from './describe-project.ts';
import { plainOf, plainText, type Tokens } from './plain-value.ts';

type Described = Pick<OldStage, 'id' | 'above' | 'class' | 'env' | 'props' | 'constants' | 'propsNotRead' | 'at'>;
type Class = new (...args: unknown[]) => object;

/** @param stackPath construct path of one of the stage's stacks */
export function describeStageOf(stackPath: string, tokens: Tokens): Described {
  const stage = findStage(stackPath);
  const path = stage === undefined ? stackPath.split('/').slice(0, -1) : pathOf(stage.object).split('/');
  const common = { id: path.at(-1) ?? '', above: path.slice(0, -1).join('/') };
  if (stage === undefined)
    return { ...common, env: {}, props: {}, constants: {}, propsNotRead: ['the stage was not found'] };
  const { account, region } = bagOf(stage.object);
  const env = { account: plainText(account, tokens), region: plainText(region, tokens) };
  const Class = stage.object.constructor as Class;
  const { at, classFile } = siteOf(stage.stack, Class.name);
  return {
    ...common,
    env: Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined)),
    ...(!isPlain(Class) && { class: describeClass(Class, classFile) }),
    ...describeProps(Class, stage.args[2], tokens),
    ...(at && { at }),
  };
}

function findStage(stackPath: string): Constructed | undefined {
  const Stage = loadedFiles.get('core/lib/stage.js')?.Stage;
  const stages = [...constructed.values()].filter(
    ({ object }) =>
      typeof Stage === 'function' && object instanceof Stage && stackPath.startsWith(`${pathOf(object)}/`),
  );
  return stages
    .filter(({ object }) => pathOf(object) !== '')
    .sort((a, b) => pathOf(b.object).length - pathOf(a.object).length)[0];
}

function pathOf(construct: object): string {
  return String(bagOf(bagOf(construct).node).path);
}

function baseClass(): unknown {
  const Stage = loadedFiles.get('core/lib/stage.js')?.Stage as Class | undefined;
  return (Stage?.prototype as object | undefined)?.constructor;
}

/** Whether it is a class of a library, whose stacks are added from outside. */
function isPlain(Class: Class): boolean {
  const ofGitHub = loadedFiles.get('github/lib/stage.js')?.GitHubStage;
  return Class === baseClass() || Class === ofGitHub;
}

function describeClass(Class: Class, classFile: string | undefined): OldClass {
  for (const module of Object.values(require.cache)) {
    if (module === undefined || isForeign(module.filename)) continue;
    const exportName = exportNameOf(module.exports, Class);
    if (exportName !== undefined) return { name: Class.name, file: module.filename.replace(/\?.*$/, ''), exportName };
  }
  return { name: Class.name, ...(classFile !== undefined && { file: classFile }) };
}

function exportNameOf(exports: unknown, Class: Class): string | undefined {
  if (exports === Class) return 'default';
  if (typeof exports !== 'object' || exports === null) return undefined;
  // Only what is there already: a getter might load something.
  return Object.keys(exports).find((name) => {
    try {
      return bagOf(exports)[name] === Class;
    } catch {
      return false;
    }
  });
}

function describeProps(
  Class: Class,
  props: unknown,
  tokens: Tokens,
): Pick<OldStage, 'props' | 'constants' | 'propsNotRead'> {
  const reason = whyNotWhole(Class);
  if (reason !== undefined) return { props: {}, constants: {}, propsNotRead: [reason] };
  const known: Record<string, Plain> = {};
  const constants: Record<string, OldConstant> = {};
  const propsNotRead: string[] = [];
  if (!takesProps(Class)) return { props: known, constants, propsNotRead };
  for (const [name, value] of Object.entries(bagOf(props))) {
    if (name === 'env' || value === undefined) continue;
    const plain = plainOf(value, tokens);
    const constant = constantOf(value);
    if (plain !== undefined) known[name] = plain;
    else if (constant !== undefined) constants[name] = constant;
    else propsNotRead.push(name);
  }
  return { props: known, constants, propsNotRead };
}

function takesProps(Class: Class): boolean {
  const parameters = signatureOf(Class)?.parameters;
  return parameters === undefined || parameters.length > 2;
}

/**
 * The arguments that the CDK's `Stage` was given are those of the app's class if each constructor on the way hands its
 * third parameter on as it is. Otherwise, says why they are not known.
 */
function whyNotWhole(Class: Class): string | undefined {
  for (
    let each: unknown = Class;
    typeof each === 'function' && each !== baseClass();
    each = Object.getPrototypeOf(each)
  ) {
    const signature = signatureOf(each as Class);
    if (signature === undefined) continue;
    if (signature.parameters.length > 3)
      return `the constructor of ${each.name} has ${signature.parameters.length} parameters`;
    const third = signature.parameters[2];
    if (third !== undefined && signature.handedOn[2] !== third)
      return `the constructor of ${each.name} gives its base other props than it was given`;
  }
  return undefined;
}

/** Parameters of the constructor and arguments of its `super` call; undefined where it has no constructor. */
function signatureOf(Class: Class): { readonly parameters: string[]; readonly handedOn: string[] } | undefined {
  const text = Function.prototype.toString.call(Class);
  const parameters = /\bconstructor\s*\(([^)]*)\)/.exec(text)?.[1];
  if (parameters === undefined) return undefined;
  const handedOn = /\bsuper\s*\(([^)]*)\)/.exec(text)?.[1] ?? '';
  return { parameters: namesIn(parameters), handedOn: namesIn(handedOn) };
}

function namesIn(list: string): string[] {
  return list
    .split(',')
    .map((part) => part.replace(/=.*$/s, '').trim())
    .filter((part) => part !== '');
}
