/** Where answers come from: a person at the terminal, or a file that was written before. */
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { type Question, StepProblem } from './step.ts';

type Ask = (question: Question) => Promise<string>;

/** A JSON object of answers by the questions' ids. */
export const askFile = (file: string): Ask => {
  const answers: Readonly<Record<string, unknown>> = JSON.parse(readFileSync(file, 'utf8'));
  return async ({ id, text, otherwise, problem }) => {
    const answer = answers[id] ?? otherwise;
    if (typeof answer !== 'string')
      throw new StepProblem(`${file} has no answer "${id}"`, `Add it: ${text}.`);
    const wrong = problem?.(answer);
    if (wrong) throw new StepProblem(`the answer "${id}" in ${file} will not do`, wrong);
    return answer;
  };
};

interface Terminal {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
}

/** What is typed for a secret is not echoed. */
export const askPerson = (
  say: (text: string) => void,
  { input, output: screen }: Terminal = { input: process.stdin, output: process.stdout },
): Ask => {
  const known = new Map<string, string>();
  const once = async ({ text, secret = false }: Question): Promise<string> => {
    let quiet = false;
    const output = new Writable({
      write(chunk, _encoding, done) {
        if (!quiet) screen.write(chunk);
        done();
      },
    });
    const line = createInterface({ input, output, terminal: true });
    try {
      const answer = line.question(`${text}: `);
      quiet = secret;
      return (await answer).trim();
    } finally {
      line.close();
      if (secret) screen.write('\n');
    }
  };
  const untilGood = async (question: Question): Promise<string> => {
    for (;;) {
      const answer = (await once(question)) || (question.otherwise ?? '');
      const wrong = answer === '' ? 'An answer is needed.' : question.problem?.(answer);
      if (wrong === undefined) return answer;
      say(wrong);
    }
  };
  return async (question) => {
    if (!question.secret) return untilGood(question);
    // A token is asked for once in a run, however many steps need it.
    const answer = known.get(question.id) ?? (await untilGood(question));
    known.set(question.id, answer);
    return answer;
  };
};
