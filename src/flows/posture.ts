/**
 * Where an organisation or one account stands: kept answers while they are fresh, else AWS is asked
 * and the answers are kept. Figures of the same label a week ago are the trend.
 */
import type { CordonConfig } from '../config/config.ts';
import { ask } from '../posture/ask.ts';
import { questionsFor } from '../posture/index.ts';
import type { Figure, KnownAccount, Question, Scope } from '../posture/question.ts';
import type { PostureReport, PostureSection } from '../posture/report.ts';
import type { DayFigures, KeptAnswer } from '../store/posture-answers.ts';
import { isoNow, type WorkerPorts } from './ports.ts';

type PosturePorts = Pick<WorkerPorts, 'config' | 'chance' | 'aws' | 'posture' | 'pace'>;

/** The worker is given 30 s; what is not read by then is named and asked the next time. */
const patienceMs = 20_000;
const trendDays = 7;
const dayMs = 86_400_000;

/** Every account that is known. */
export const wholeScope = ({ config }: Pick<PosturePorts, 'config'>): Scope => ({
  kind: 'all',
  accounts: Object.entries(config.accounts).map(([id, { name, unreached, owner }]) => ({
    ...{ id, name },
    ...(unreached ? { unreached: owner ? `${unreached}; ask ${owner}` : unreached } : {}),
  })),
  ...(config.directory ? { unknownBecause: unread(config.directory) } : {}),
});

const unread = ({ failing }: NonNullable<CordonConfig['directory']>): string =>
  failing
    ? `not read from Organizations: ${failing.because}`
    : 'not read from Organizations yet, which takes at most an hour';

export const accountScope = (account: KnownAccount): Scope => ({
  kind: 'one',
  accounts: [account],
});

/** Under which name answers are kept. */
const nameOf = (scope: Scope): string =>
  scope.kind === 'all' ? 'all' : (scope.accounts[0]?.id ?? 'nobody');

const isFresh = (question: Question, kept: KeptAnswer | undefined, now: number): boolean =>
  kept !== undefined && now - Date.parse(kept.at) < question.freshMinutes * 60_000;

/** An answer that could not be had is not kept: the next one who asks may have more luck. */
const answerNow = async (
  ports: PosturePorts,
  scope: Scope,
  question: Question,
  until: number,
): Promise<KeptAnswer> => {
  const { config, chance, pace } = ports;
  const answer = await ask(
    {
      scope,
      administrator: config.securityAccount,
      region: config.homeRegion,
      pace,
      until,
      now: chance.now,
      as: (account, region) =>
        ports.aws.as({
          drill: undefined,
          role: 'read',
          account,
          region,
          requestId: 'posture',
        }),
    },
    question,
  );
  const kept = { question: question.id, at: isoNow(chance), answer };
  if (answer.kind === 'answered') await ports.posture.keep(nameOf(scope), kept);
  return kept;
};

const figuresOf = (sections: readonly PostureSection[]): DayFigures =>
  Object.fromEntries(
    sections.flatMap(({ question, answer }) =>
      answer.kind === 'answered'
        ? answer.figures.map(({ label, value }) => [`${question}/${label}`, value])
        : [],
    ),
  );

const changed = (figure: Figure, was: number | undefined): Figure =>
  was === undefined || was === figure.value ? figure : { ...figure, was };

/** The same sections, with what the figures were a week ago. */
const withTrend = (
  sections: readonly PostureSection[],
  figures: DayFigures | undefined,
): readonly PostureSection[] =>
  sections.map((section) =>
    section.answer.kind === 'unknown'
      ? section
      : {
          ...section,
          answer: {
            ...section.answer,
            figures: section.answer.figures.map((figure) =>
              changed(figure, figures?.[`${section.question}/${figure.label}`]),
            ),
          },
        },
  );

const reportOf = async (
  ports: PosturePorts,
  scope: Scope,
  kept: readonly KeptAnswer[],
): Promise<PostureReport> => {
  const weekAgo = new Date(ports.chance.now() - (trendDays - 1) * dayMs).toISOString();
  const before = await ports.posture.dayBefore(nameOf(scope), weekAgo, trendDays);
  const sections = questionsFor(ports.config).flatMap(({ id, title }) => {
    const found = kept.find(({ question }) => question === id);
    return found ? [{ ...found, title }] : [];
  });
  return {
    scope,
    sections: withTrend(sections, before?.figures),
    ...(before ? { comparedWith: before.day } : {}),
  };
};

/** Asks AWS whatever is not known freshly enough. */
export const posture = async (ports: PosturePorts, scope: Scope): Promise<PostureReport> => {
  const now = ports.chance.now();
  const kept = await ports.posture.last(nameOf(scope));
  const answers = await Promise.all(
    questionsFor(ports.config).map((question) => {
      const known = kept.find((each) => each.question === question.id);
      return isFresh(question, known, now) && known
        ? known
        : answerNow(ports, scope, question, now + patienceMs);
    }),
  );
  const report = await reportOf(ports, scope, answers);
  await ports.posture.keepDay(nameOf(scope), isoNow(ports.chance), figuresOf(report.sections));
  return report;
};

/** What is kept, however old, without asking AWS: for screens that are drawn often. */
export const keptPosture = async (ports: PosturePorts, scope: Scope): Promise<PostureReport> =>
  reportOf(ports, scope, await ports.posture.last(nameOf(scope)));
