/**
 * Answers about posture in the cases table, by scope (`all` or an account) and question, with their
 * age; and for each day the figures that trends compare. They may be lost: AWS can be asked again.
 */
import type { Answer } from '../posture/question.ts';
import { type Key, rubbishAfter } from './item.ts';
import type { Table } from './table.ts';

export interface KeptAnswer {
  readonly question: string;
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly answer: Answer;
}

/** Figures by `question/label`. */
export type DayFigures = Readonly<Record<string, number>>;

export interface PostureAnswers {
  /** The last answers to all questions. */
  last(scope: string): Promise<readonly KeptAnswer[]>;
  keep(scope: string, kept: KeptAnswer): Promise<void>;
  /** The figures of a day; of several on one day the last are kept. */
  keepDay(scope: string, at: string, figures: DayFigures): Promise<void>;
  /** The figures of the newest day up to `at` (ISO 8601 UTC), at most `days` before it. */
  dayBefore(
    scope: string,
    at: string,
    days: number,
  ): Promise<{ readonly day: string; readonly figures: DayFigures } | undefined>;
}

const answersOf = (scope: string): string => `POSTURE#${scope}`;
const daysOf = (scope: string): string => `POSTURE-DAYS#${scope}`;
const answerKey = (scope: string, question: string): Key => ({
  pk: answersOf(scope),
  sk: question,
});

/** Long enough for the digest of a month. */
const keptDays = 40;
const dayMs = 86_400_000;
const dayOf = (at: string): string => at.slice(0, 10);

export const postureAnswers = (table: Table): PostureAnswers => ({
  async last(scope) {
    const items = await table.query({ pk: answersOf(scope) });
    return items.map((item) => ({
      question: String(item['sk']),
      at: String(item['at']),
      answer: item['answer'] as Answer,
    }));
  },
  async keep(scope, { question, at, answer }) {
    await table.put({ ...answerKey(scope, question), at, answer, ttl: rubbishAfter(at, 1) });
  },
  async keepDay(scope, at, figures) {
    await table.put({
      pk: daysOf(scope),
      sk: dayOf(at),
      figures,
      ttl: rubbishAfter(at, keptDays),
    });
  },
  async dayBefore(scope, at, days) {
    const from = dayOf(new Date(Date.parse(at) - days * dayMs).toISOString());
    const [item] = await table.query({
      pk: daysOf(scope),
      between: [from, dayOf(at)],
      descending: true,
      limit: 1,
    });
    return item ? { day: String(item['sk']), figures: item['figures'] as DayFigures } : undefined;
  },
});
