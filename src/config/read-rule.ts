/** Checks the rules of a configuration: they may come from anybody's repository. */
import { severities } from '../findings/finding.ts';
import type { Rule } from '../rules/rule.ts';
import { idPattern } from './own-ids.ts';
import { checked, type Read } from './read.ts';
import { channelPattern } from './slack-ids.ts';

const absentOr =
  (fits: (value: unknown) => boolean) =>
  (value: unknown): boolean =>
    value === undefined || fits(value);

const isText = (value: unknown): boolean => typeof value === 'string';

/** What a rule may leave out. */
const optionalInRules: { readonly [key: string]: (value: unknown) => boolean } = {
  severity: absentOr((value) => severities.some((one) => one === value)),
  raises: absentOr(Array.isArray),
  outcome: absentOr((value) => value === 'card' || value === 'digest'),
  channel: absentOr((value) => typeof value === 'string' && channelPattern.test(value)),
  mention: absentOr((value) => typeof value === 'boolean'),
  group: absentOr((value) => typeof value === 'function'),
  runbook: absentOr(isText),
};

const isRule = (value: unknown): value is Rule =>
  typeof value === 'object' &&
  value !== null &&
  'id' in value &&
  typeof value.id === 'string' &&
  idPattern.test(value.id) &&
  'when' in value &&
  typeof value.when === 'function' &&
  Object.entries(optionalInRules).every(([key, fits]) => fits(Reflect.get(value, key))) &&
  ['title', 'atRisk', 'because'].every((key) => typeof Reflect.get(value, key) === 'string') &&
  ['attack', 'actions', 'examples'].every((key) => Array.isArray(Reflect.get(value, key)));

const noRule: Rule = {
  id: '',
  title: '',
  attack: [],
  when: () => false,
  atRisk: '',
  actions: [],
  because: '',
  examples: [],
};
const makeRule =
  'Make each rule with defineRule: an id in kebab-case, and of each field what its type says.';

/** A rule as `defineRule` makes it; what it may match is not tried. */
export const rule: Read<Rule> = checked(isRule, makeRule, noRule);
