/** Runs the steps that are not done, and writes after each what is known. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Context, Known, Step } from './step.ts';

export const readKnown = (file: string): Known =>
  existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { done: [], facts: {} };

/** The external id is in it, so only its owner may read it. */
const writeKnown = (file: string, known: Known): void => {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(known, undefined, 2)}\n`, { mode: 0o600 });
};

type Around = Omit<Context, 'fact' | 'knows' | 'learn'>;

/** Throws the `StepProblem` of the step that could not go on; those before it stay done. */
export const runSteps = async (
  steps: readonly Step[],
  stateFile: string,
  around: Around,
): Promise<void> => {
  let known = readKnown(stateFile);
  const context: Context = {
    ...around,
    knows: (name) => known.facts[name] !== undefined,
    fact: (name) => {
      const value = known.facts[name];
      if (value === undefined)
        throw new Error(`${stateFile} lacks ${name}: delete it and begin again`);
      return value;
    },
    learn: (name, value) => {
      known = { ...known, facts: { ...known.facts, [name]: value } };
    },
  };
  for (const [place, step] of steps.entries()) {
    const heading = `${place + 1} of ${steps.length}: ${step.title}`;
    if (known.done.includes(step.id)) {
      around.say(`${heading}: done before`);
      continue;
    }
    around.say(heading);
    try {
      await step.run(context);
      known = { ...known, done: [...known.done, step.id] };
    } finally {
      writeKnown(stateFile, known);
    }
  }
};
