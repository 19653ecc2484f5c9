/** Whatever a configuration says: it is read, or refused with every problem and what to do about each. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { config as example } from '../../cordon.config.ts';
import { ConfigError } from '../../src/config/config-error.ts';
import { readConfig } from '../../src/config/define-config.ts';

const runs = { numRuns: Number(process.env['CORDON_FUZZ_RUNS'] ?? 400) };

/** Text that could be a secret, pasted into the wrong place. */
const secret = 'xoxb-0000-example-never-shown';

const anything = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(secret, '__proto__', '', -1, Number.NaN, undefined),
);

/** The example with one or two of its settings, or of their parts, replaced; or with a new one. */
const changed = fc
  .array(fc.tuple(fc.constantFrom(...Object.keys(example), 'unheard-of'), anything), {
    minLength: 1,
    maxLength: 2,
  })
  .map((changes) => ({ ...example, ...Object.fromEntries(changes) }));

/** What is wrong with how this was answered; empty when it was read, or refused as it should be. */
const wrongIn = (input: unknown): readonly string[] => {
  try {
    readConfig(input);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) return [`threw ${String(error)}`];
    const mute = error.problems.filter(({ problem, remedy }) => !problem || !remedy.trim());
    return [
      ...(error.problems.length === 0 ? ['refused without a problem'] : []),
      ...mute.map(({ path }) => `does not say what to do about ${path}`),
      ...(error.message.includes(secret) ? ['spells out a secret'] : []),
    ];
  }
};

/** Kept from readers of configurations that threw something else, or said what they should not. */
const saved: [unknown][] = [
  [null],
  [[]],
  [secret],
  [() => example],
  [JSON.parse('{"__proto__":{"responders":{"users":["U0MARIA"]}}}')],
  [{ ...example, responders: null }],
  [{ ...example, rules: [null, { id: 7 }] }],
];

test('anything at all is refused or read', () => {
  fc.assert(
    fc.property(anything, (input) => {
      expect(wrongIn(input)).toEqual([]);
    }),
    { ...runs, examples: saved },
  );
});

test('so is the example with settings replaced', () => {
  fc.assert(
    fc.property(changed, (input) => {
      expect(wrongIn(input)).toEqual([]);
    }),
    runs,
  );
});
