/**
 * Asks questions within a time limit: the administrator account first, then, where that is not
 * possible, account after account, several at a time. What could not be asked is named.
 */
import type { Aws, Operation } from '../actions/aws.ts';
import { CallFailed, inWords } from './call-failed.ts';
import type { Pace } from './pace.ts';
import {
  type Answer,
  type KnownAccount,
  type Question,
  type Reader,
  type Scope,
  unknown,
  type WideReader,
} from './question.ts';
import { mostNames, type OfAccount, sum } from './sum.ts';

export interface Asking {
  readonly scope: Scope;
  /** Of GuardDuty, Security Hub and the like. */
  readonly administrator: string;
  readonly region: string;
  readonly pace: Pace;
  now(): number;
  /** AWS in that account and Region under the read role. */
  as(account: string, region: string): Promise<Pick<Aws, 'call'>>;
  /** When to stop asking; milliseconds since 1970. */
  readonly until: number;
}

/** Accounts that are asked at the same time. */
const atATime = 10;

const readerOf = async (
  asking: Asking,
  question: Question,
  [account, region]: readonly [account: string, region: string],
): Promise<WideReader> => {
  const { pace, now } = asking;
  const aws = await asking.as(account, region).catch((error: unknown) => {
    throw new CallFailed('sts:AssumeRole', error);
  });
  return {
    account,
    region,
    now,
    in: (elsewhere) => readerOf(asking, question, [account, elsewhere]),
    async call(operation, input) {
      if (!question.reads.includes(operation)) throw new Undeclared(question, operation);
      if (now() > asking.until) throw new OutOfTime();
      await pace.turn(operation, account, region);
      return aws.call(operation, input).catch((error: unknown) => {
        throw new CallFailed(operation, error);
      });
    },
  };
};

class OutOfTime extends Error {}

/** A mistake in a question's file, which must not pass for something that AWS did not answer. */
class Undeclared extends Error {
  constructor({ id }: Question, operation: Operation) {
    super(`posture question ${id} does not declare ${operation}`);
  }
}

const reason = (error: unknown): Answer => {
  if (error instanceof Undeclared) throw error;
  return unknown(
    error instanceof OutOfTime ? 'there was no time left to ask: try again' : inWords(error),
  );
};

const answerOf = async (
  asking: Asking,
  question: Question,
  account: string,
  ask: (reader: WideReader, scope: Scope) => Promise<Answer | undefined>,
): Promise<Answer | undefined> => {
  try {
    if (asking.now() > asking.until) throw new OutOfTime();
    return await ask(await readerOf(asking, question, [account, asking.region]), asking.scope);
  } catch (error) {
    return reason(error);
  }
};

/** In the order of the accounts. */
const eachAccount = async (
  asking: Asking,
  question: Question,
  ask: (reader: Reader, scope: Scope) => Promise<Answer>,
): Promise<readonly OfAccount[]> => {
  const { accounts } = asking.scope;
  const found = new Map<string, Answer>();
  const waiting: KnownAccount[] = [...accounts];
  const work = async (): Promise<void> => {
    for (let account = waiting.shift(); account; account = waiting.shift())
      found.set(
        account.id,
        (await answerOf(asking, question, account.id, ask)) ?? unknown('nothing'),
      );
  };
  await Promise.all(Array.from({ length: Math.min(atATime, accounts.length) }, work));
  return accounts.map((account) => ({
    account,
    answer: found.get(account.id) ?? unknown('it was not asked'),
  }));
};

/** The count says how many there are; a few names say where to start. */
const shortened = (answer: Answer): Answer =>
  answer.kind === 'answered'
    ? {
        ...answer,
        figures: answer.figures.map((figure) =>
          figure.names ? { ...figure, names: figure.names.slice(0, mostNames) } : figure,
        ),
      }
    : answer;

/** What AWS does not answer is unknown, with the reason. */
export const ask = async (asking: Asking, question: Question): Promise<Answer> => {
  const { atOnce, ofEach } = question;
  const whole = atOnce ? await answerOf(asking, question, asking.administrator, atOnce) : undefined;
  if (whole && (whole.kind === 'answered' || !ofEach || asking.scope.kind === 'all'))
    return shortened(whole);
  if (!ofEach) return unknown('nothing in this organisation answers it');
  return shortened(sum(await eachAccount(asking, question, ofEach)));
};
