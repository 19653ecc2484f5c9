/** Which licences the packages have that Cordon is built, tested and run with. */
import type { Installed } from './installed.ts';

/** They ask for no more than to keep their text. */
const permissive = [
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'ISC',
  'MIT',
];

interface Decided {
  readonly name: RegExp;
  readonly licence: string;
  readonly because: string;
}

const decided: readonly Decided[] = [
  {
    name: /^lightningcss(-|$)/,
    licence: 'MPL-2.0',
    because: 'the test runner brings it; it is neither changed nor passed on',
  },
];

/** Of a choice one is enough, of a sum all. What is nested deeper is not read, so not permissive. */
const isPermissive = (licence: string): boolean => {
  const whole = /^\(([^()]*)\)$/.exec(licence)?.[1] ?? licence;
  return whole
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((each) => permissive.includes(each)));
};

const problemOf = ({ folder, name, licence }: Installed): readonly string[] => {
  if (licence === undefined)
    return [`${folder} names no licence: do without it, or ask its authors`];
  if (isPermissive(licence)) return [];
  return decided.some((one) => one.name.test(name) && one.licence === licence)
    ? []
    : [`${folder} is under ${licence}: do without it, or decide in supply/licences.ts`];
};

/** Of those that were decided one by one, what is in use; for people who read the output. */
export const decisionsUsed = (packages: readonly Installed[]): readonly string[] =>
  decided
    .filter(({ name }) => packages.some((each) => name.test(each.name)))
    .map(({ name, licence, because }) => `${licence}, ${name.source}: ${because}`);

/** Packages that may not be used, and decisions that nothing needs any more. */
export const licenceProblems = (packages: readonly Installed[]): readonly string[] => [
  ...packages.flatMap(problemOf),
  ...decided
    .filter(({ name }) => !packages.some((each) => name.test(each.name)))
    .map(({ name }) => `supply/licences.ts decides about ${name.source}, which is not used`),
];
