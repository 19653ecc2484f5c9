/** Many accounts' answers to one question as one answer that still says what it leaves out. */
import type { Answer, Figure, KnownAccount, Verdict } from './question.ts';
import { answered, unknown } from './question.ts';

export interface OfAccount {
  readonly account: KnownAccount;
  readonly answer: Answer;
}

/** Accounts and resources that a figure names; the rest is counted. */
export const mostNames = 5;

const rank: Readonly<Record<Verdict, number>> = { fine: 0, look: 1, act: 2 };

const listed = (names: readonly string[]): string =>
  names.length > mostNames
    ? `${names.slice(0, mostNames).join(', ')} and ${names.length - mostNames} more`
    : names.join(', ');

const added = (parts: readonly { account: KnownAccount; figure: Figure }[]): Figure | undefined => {
  const [first] = parts;
  if (!first) return undefined;
  const lead = parts.reduce((one, other) =>
    rank[other.figure.verdict] > rank[one.figure.verdict] ? other : one,
  );
  const wanting = parts.filter(({ figure }) => figure.verdict !== 'fine');
  const ofs = parts.flatMap(({ figure }) => figure.of ?? []);
  return {
    label: first.figure.label,
    value: parts.reduce((total, { figure }) => total + figure.value, 0),
    ...(ofs.length > 0 ? { of: ofs.reduce((total, of) => total + of, 0) } : {}),
    verdict: lead.figure.verdict,
    link: lead.figure.link,
    ...(wanting.length > 0
      ? { names: wanting.slice(0, mostNames).map(({ account }) => account.name) }
      : {}),
  };
};

const missing = (unread: readonly OfAccount[], all: number): string | undefined => {
  const [first] = unread;
  if (first?.answer.kind !== 'unknown') return undefined;
  const names = listed(unread.map(({ account }) => account.name));
  return `not known for ${unread.length} of ${all} accounts (${names}), because ${first.answer.because}`;
};

/** One account's answer stays as it is; of several, equal labels are added up. */
export const sum = (answers: readonly OfAccount[]): Answer => {
  const [only] = answers;
  if (!only) return unknown('no account is known');
  if (answers.length === 1) return only.answer;
  const figures = new Map<string, { account: KnownAccount; figure: Figure }[]>();
  for (const { account, answer } of answers)
    for (const figure of answer.kind === 'answered' ? answer.figures : [])
      figures.set(figure.label, [...(figures.get(figure.label) ?? []), { account, figure }]);
  const unread = answers.filter(({ answer }) => answer.kind === 'unknown');
  const left = missing(unread, answers.length);
  if (unread.length === answers.length) return unknown(left ?? 'no account answered');
  const partly = [
    ...(left ? [left] : []),
    ...new Set(
      answers.flatMap(({ answer }) => (answer.kind === 'answered' ? (answer.partly ?? []) : [])),
    ),
  ];
  return answered(
    [...figures.values()].flatMap((parts) => added(parts) ?? []),
    partly.join('; ') || undefined,
  );
};
