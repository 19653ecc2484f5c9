/**
 * The synthesised templates as plain data, every reference spelled as the name of what it means.
 * CDK's own rules and cdk-nag are asked in the lane `synth` of .ci/run.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { config as example } from '../../cordon.config.ts';
import { cordonApp } from '../../infra/stacks.ts';
import type { CordonConfig, CordonConfigInput } from '../../src/config/config.ts';
import { readConfig } from '../../src/config/define-config.ts';

type Data = Readonly<Record<string, unknown>>;

interface Resource {
  readonly Type: string;
  readonly Properties: Data;
  readonly DeletionPolicy?: string;
}

export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs: Data;
  readonly Parameters: Data;
}

/** What a `Ref` to a resource gives, where the template names it. */
const nameKeys = [
  'FunctionName',
  'QueueName',
  'TableName',
  'BucketName',
  'TopicName',
  'RoleName',
  'StateMachineName',
  'LogGroupName',
  'Name',
] as const;

const nameOf = (template: Template, id: string): string => {
  const properties = template.Resources[id]?.Properties ?? {};
  const key = nameKeys.find((each) => properties[each] !== undefined);
  return key === undefined ? id : String(spell(template, properties[key]));
};

const isRecord = (value: unknown): value is Data =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `{ 'Fn::GetAtt': ['Table', 'Arn'] }` is `cordon-cases.Arn`, a pseudo parameter `<Region>`. */
const spell = (template: Template, value: unknown): unknown => {
  if (Array.isArray(value)) return value.map((each) => spell(template, each));
  if (!isRecord(value)) return value;
  const [[key, inner] = ['', undefined]] = Object.entries(value);
  if (key === 'Ref')
    return String(inner).startsWith('AWS::')
      ? `<${String(inner).slice(5)}>`
      : nameOf(template, String(inner));
  if (key === 'Fn::GetAtt' && Array.isArray(inner))
    return `${nameOf(template, String(inner[0]))}.${inner[1]}`;
  if (key === 'Fn::Join' && Array.isArray(inner) && Array.isArray(inner[1]))
    return inner[1].map((each) => spell(template, each)).join(String(inner[0]));
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, spell(template, each)]),
  );
};

/** The smallest configuration with what a test is about. */
export const configWith = (
  deployment: NonNullable<CordonConfigInput['deployment']>,
): CordonConfig => readConfig({ ...example, deployment });

export type StackName = 'cordon' | 'cordon-forward' | 'cordon-forward-member' | 'cordon-baseline';

/** Synthesises: a second or more, so once for each file. */
export const synthesised = (
  config: CordonConfig = example,
): Readonly<Record<StackName, Template>> => {
  process.env['CDK_VALIDATION'] = 'false';
  const outdir = mkdtempSync(join(tmpdir(), 'cordon-synth-'));
  const assembly = cordonApp({ config, checked: false, outdir }).synth();
  const read = (name: StackName): Template => {
    const template: Template = assembly.getStackByName(name).template;
    return spell(template, template) as Template;
  };
  return {
    cordon: read('cordon'),
    'cordon-forward': read('cordon-forward'),
    'cordon-forward-member': read('cordon-forward-member'),
    'cordon-baseline': read('cordon-baseline'),
  };
};

/** Properties of every resource of a type, in the template's order. */
export const allOf = ({ Resources }: Template, type: string): readonly Data[] =>
  Object.values(Resources)
    .filter(({ Type }) => Type === `AWS::${type}`)
    .map(({ Properties }) => Properties ?? {});

interface Statement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Principal?: unknown;
  readonly Condition?: unknown;
}

const asList = <T>(value: T | readonly T[] | undefined): readonly T[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value as T];

export interface Grant {
  readonly sid: string;
  readonly effect: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly principal?: unknown;
  readonly condition?: unknown;
}

/** The statements of a policy document, as lists. */
export const grantsIn = (document: unknown): readonly Grant[] => {
  const { Statement = [] } = document as { readonly Statement?: readonly Statement[] };
  return Statement.map(({ Sid = '', Effect, Action, Resource, Principal, Condition }) => ({
    sid: Sid,
    effect: Effect,
    actions: asList(Action),
    resources: asList(Resource),
    ...(Principal ? { principal: Principal } : {}),
    ...(Condition ? { condition: Condition } : {}),
  }));
};

/** Every statement of a role's inline policies. */
export const roleGrants = (role: Data): readonly Grant[] =>
  asList(role['Policies'] as readonly { readonly PolicyDocument: unknown }[] | undefined).flatMap(
    ({ PolicyDocument }) => grantsIn(PolicyDocument),
  );

/** The same with the text of each Fn::Sub in its place. */
export const unsubstituted = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value).replaceAll(/\{"Fn::Sub":("[^"]*")\}/g, '$1'));

/** What CloudFormation's Fn::Sub makes of the whole, as text. */
export const filledIn = (value: unknown, parameters: Readonly<Record<string, string>>): string =>
  Object.entries(parameters).reduce(
    (text, [name, given]) => text.replaceAll(`\${${name}}`, given),
    JSON.stringify(unsubstituted(value)),
  );
