/** Plans and requests in which every text is somebody else's. */
import type { Plan, PlannedStep } from '../../src/actions/action.ts';
import type { Request } from '../../src/requests/request.ts';
import { at, request as exampleRequest } from '../reviews/example-record.ts';
import type { Says, Written } from './hostile-words.ts';

const person = { id: 'T0/U0MARIA', team: 'T0', user: 'U0MARIA' } as const;

export const singleOf = ({ say, each, lines }: Says, tier: Written['tier']): Plan => {
  const change = (n: number) => ({
    id: `c${n}`,
    label: say(),
    before: say(),
    after: say(),
  });
  return {
    ...exampleRequest.plan,
    target: { ...exampleRequest.plan.target, id: say(), name: say() },
    summary: say(),
    changes: each(change),
    cannot: lines(),
    blastRadius: { class: 'shared with others', lines: lines() },
    reversible: { kind: 'partly', because: say() },
    tier,
  };
};

export const wholeOf = ({ say, each, lines }: Says, single: Plan): Plan => {
  const step = (n: number): PlannedStep =>
    n % 2 === 0
      ? { kind: 'action', key: `0000000${n % 10}`, phase: 'contain', title: say(), plan: single }
      : {
          kind: 'manual',
          key: `1000000${n % 10}`,
          phase: 'recover',
          title: say(),
          instructions: lines(),
        };
  return { ...single, playbook: { title: say(), steps: each(step) } };
};

const playbookState = ({ say, lines }: Says, { playbook }: Plan): Partial<Request> =>
  playbook
    ? {
        outcomes: Object.fromEntries(
          playbook.steps
            .slice(1)
            .map(({ key }) => [
              key,
              { state: 'skipped', at: at('09:15'), by: { ...person, name: say() }, lines: lines() },
            ]),
        ),
        halt: {
          step: playbook.steps[0]?.key ?? '',
          kind: 'failed',
          at: say(),
          because: say(),
        },
      }
    : {};

export const requestOf = (
  says: Says,
  { state, tier }: Written,
  plan: Plan,
  id: string,
): Request => {
  const { say, each, lines } = says;
  const named = () => ({ ...person, name: say() });
  return {
    ...exampleRequest,
    id,
    state,
    tier,
    plan,
    token: 'token0123456789abcdef',
    reason: { code: 'suspected', label: 'Suspected', text: say() },
    requestedBy: { ...person, name: say() },
    votes: [{ person: named(), verdict: 'deny', at: at('09:08'), planHash: 'h', reason: say() }],
    ask: ['S0APPROV'],
    disclosed: lines(),
    steps: each((n) => ({ id: `s${n}`, title: say(), status: 'failed' as const })),
    failure: { step: say(), because: say() },
    ended: { at: at('09:20'), lines: lines() },
    stoppedBy: named(),
    counters: [
      {
        at: at('09:12'),
        part: '',
        moves: each((n) => ({ id: `c${n}`, label: say(), found: say(), left: say() })),
      },
    ],
    glass: { by: named(), at: at('09:07'), reason: say(), planHash: 'h' },
    automation: {
      mode: 'veto',
      about: { account: '123456789012' },
      runsAt: at('09:30'),
      reviewed: { by: named(), at: at('09:40') },
    },
    ...playbookState(says, plan),
  };
};
