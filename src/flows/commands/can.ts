/**
 * `/cordon can`: whether a user, role or key may do something, and why, by AWS's own policy simulator in
 * its account. `--policy` checks the policies of a resource, or of all that a case touches.
 */
import { type CannotAsk, type Question, readQuestion } from '../../access/question.ts';
import { blindSpots, type Simulation, simulate } from '../../access/simulate.ts';
import { becauseOf } from '../../access/verdict.ts';
import { offersFor } from '../../actions/offers.ts';
import { type Case, isActive } from '../../cases/case.ts';
import { caseActions, caseResources } from '../../cases/case-findings.ts';
import { errorInWords } from '../../execution/error-in-words.ts';
import type { Notice, NoticeEntry } from '../../slack/modals/notice.ts';
import { accountInWords, accountsToAsk, readAs } from '../looking/accounts-to-ask.ts';
import { caseEntry } from '../looking/entries.ts';
import { casesOf } from '../looking/work-at-hand.ts';
import type { WorkerPorts } from '../ports.ts';
import { checkPolicies } from './can-policy.ts';
import type { Asked, Command } from './command.ts';
import { idsAbout } from './find.ts';

type Simulated = Extract<Simulation, { kind: 'simulated' }>;

/** What one account answers; `unread` with why. */
type InAccount = Simulation | { readonly kind: 'unread'; readonly because: string };

const mostCases = 3;

const wordOf = ({ principal }: Question): string =>
  principal.kind === 'key' ? principal.id : principal.name;

const askIn = async (
  ports: WorkerPorts,
  { click }: Asked,
  { question, account }: { readonly question: Question; readonly account: string },
): Promise<InAccount> => {
  try {
    return await simulate(await readAs(ports, click, { account }), question);
  } catch (error) {
    return { kind: 'unread', because: errorInWords(error) };
  }
};

/** What to press about this principal on the card of an open case. */
const toPress = (theCase: Case, { name, key }: { name: string; key: string | undefined }) => {
  const about = offersFor(caseActions(theCase), caseResources(theCase)).filter(
    ({ target }) => target.id === name || target.id === key || target.id.startsWith(`${name}/`),
  );
  const labels = [...new Set(about.map(({ action }) => `“${action.label}”`))];
  return labels.length > 0
    ? `To take its rights away: press ${labels.join(' or ')} on the card of ${theCase.id}.`
    : `The card of ${theCase.id} has what can be done about it.`;
};

const openCases = async (
  ports: WorkerPorts,
  { principal, key }: Simulated,
): Promise<readonly NoticeEntry[]> => {
  const words = [principal.name, ...(key ? [key.id] : [])];
  const ids = [...new Set((await Promise.all(words.map((word) => idsAbout(ports, word)))).flat())];
  const account = principal.arn.split(':')[4] ?? '';
  const open = (await casesOf(ports, ids)).filter(
    (theCase) =>
      isActive(theCase) && caseResources(theCase).some((each) => each.account === account),
  );
  return open.slice(0, mostCases).map((theCase) => {
    const entry = caseEntry(theCase, { config: ports.config });
    const press = toPress(theCase, { name: principal.name, key: key?.id });
    return { ...entry, lines: [...entry.lines, press] };
  });
};

const titleOf = ({ principal, verdict, key }: Simulated, { action }: Question): string => {
  if (verdict.kind === 'unclear') return `Unclear: ${principal.name} and ${action}`;
  if (verdict.kind !== 'allowed') return `No: ${principal.name} may not ${action}`;
  const yes = `${principal.name} may ${action}`;
  if (key && key.status !== 'Active') return `Not with this key: ${yes}`;
  return verdict.dependsOn.length > 0 ? `Yes, on conditions: ${yes}` : `Yes: ${yes}`;
};

const answerOf = async (
  ports: WorkerPorts,
  question: Question,
  simulated: Simulated,
): Promise<Notice> => {
  const { principal, verdict, key } = simulated;
  const account = accountInWords(ports, principal.arn.split(':')[4] ?? '');
  const entries = await openCases(ports, simulated);
  return {
    title: titleOf(simulated, question),
    lines: [
      `${principal.kind} ${principal.name} in ${account}, on ${question.resource ?? 'everything'}.`,
      becauseOf(verdict, principal),
      ...(verdict.dependsOn.length > 0
        ? [
            `It depends on condition keys that a simulation has no values for: ${verdict.dependsOn.join(', ')}. With the right values the answer may be the other one.`,
          ]
        : []),
      ...(key
        ? [
            key.status === 'Active'
              ? `Key ${key.id} is Active.`
              : `Key ${key.id} is ${key.status}: nothing can be done with it, whatever the policies say.`,
          ]
        : []),
      ...blindSpots(question, simulated),
      ...(entries.length === 0 ? ['No open case is about it.'] : []),
    ],
    entries,
  };
};

const cannotAsk = ({ because, instead }: CannotAsk): Notice => ({
  title: 'That cannot be simulated',
  lines: [because, instead],
});

/** Nobody could tell: why, by account. */
const nobodyTold = (
  ports: WorkerPorts,
  question: Question,
  asked: readonly { readonly account: string; readonly answer: InAccount }[],
): Notice => {
  const because = asked.flatMap(({ account, answer }) => {
    if (answer.kind === 'unread')
      return [
        `${accountInWords(ports, account)} was not asked, because AWS said: ${answer.because}`,
      ];
    return answer.kind === 'not-asked' ? [`AWS does not simulate that: ${answer.because}`] : [];
  });
  return because.length > 0
    ? {
        title: 'It is not known whether it may',
        lines: [
          ...because,
          asked.some(({ answer }) => answer.kind === 'not-asked')
            ? 'Check the spelling of the action, and that it works on such a resource.'
            : 'Check that the read role of this release is deployed there, or ask again in a minute.',
        ],
      }
    : {
        title: 'IAM knows nobody of that name',
        lines: [
          `Asked for ${question.principal.kind} ${wordOf(question)} in ${asked
            .map(({ account }) => accountInWords(ports, account))
            .join(', ')}.`,
          'It was deleted, or is in another account: /cordon find tells the cases about it, and CloudTrail who deleted it.',
        ],
      };
};

const answerQuestion = async (
  ports: WorkerPorts,
  asked: Asked,
  question: Question,
): Promise<Notice> => {
  const { principal } = question;
  const toAsk = await accountsToAsk(ports, {
    word: wordOf(question),
    again: 'Write the ARN of its user instead: /cordon who KEY ACCOUNT tells it.',
    ...(principal.kind === 'key' ? {} : { named: principal.account }),
  });
  if (toAsk.kind === 'cannot') return toAsk.notice;
  const answers = await Promise.all(
    toAsk.accounts.map(async (account) => ({
      account,
      answer: await askIn(ports, asked, { question, account }),
    })),
  );
  const simulated = answers.flatMap(({ answer }) => (answer.kind === 'simulated' ? [answer] : []));
  return simulated[0]
    ? answerOf(ports, question, simulated[0])
    : nobodyTold(ports, question, answers);
};

export const can: Command = {
  name: 'can',
  uses: [
    'can PRINCIPAL ACTION',
    'can PRINCIPAL ACTION RESOURCE',
    'can KEY ACTION RESOURCE',
    'can --policy RESOURCE',
    'can --policy CASE',
  ],
  summary:
    'whether a user, role or key may do something and why, by simulating its policies; or what is wrong with the policies of a resource or a case',
  needs: 'responder or approver',
  async answer(ports, asked) {
    const { words } = asked;
    if (/^(?:--|—|–)policy$/.test(words[0] ?? ''))
      return words.length === 2 ? checkPolicies(ports, asked, words[1] ?? '') : 'usage';
    if (words.length < 2 || words.length > 3) return 'usage';
    const question = readQuestion(words);
    return question.kind === 'question'
      ? answerQuestion(ports, asked, question)
      : cannotAsk(question);
  },
};
