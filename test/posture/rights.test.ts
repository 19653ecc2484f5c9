import { expect, test } from 'vitest';
import { memberPolicy } from '../../src/app/member-policy.ts';
import { ask } from '../../src/posture/ask.ts';
import { questions } from '../../src/posture/index.ts';
import {
  askingOf,
  home,
  one,
  organisation,
  payments,
  region,
  securityAccount,
} from './organisation.ts';

/** Everything is used and nothing else, over a poor and a rich organisation. */
test.each(questions.map((question) => [question.id, question] as const))(
  '%s calls what it declares, all of it and nothing else',
  async (_, question) => {
    const used = new Set<string>();
    for (const rich of [false, true]) {
      const wide = rich;
      const { world, all } = organisation();
      home(world).newHub = rich;
      if (rich) home(world).aggregator = 'organisation';
      const { organization } = world.account(securityAccount);
      const deny = { id: 'p-0123456789', name: 'deny', description: '', content: '{}' };
      organization?.policies.set(deny.id, deny);
      organization?.attached.set('ou-exam-ple12345', [deny.id]);
      world.partition(payments.id, region).posture.shielded = 1;
      const asking = askingOf(world, wide ? all : one(payments));
      await ask(
        {
          ...asking,
          as: async (account, at) => {
            const aws = await asking.as(account, at);
            return {
              call: (operation, input) => {
                used.add(operation);
                return aws.call(operation, input);
              },
            };
          },
        },
        question,
      );
      const refused = world.calls.filter(({ error = '' }) =>
        /Denied|Unauthorized|NotImplemented/.test(error),
      );
      expect(refused).toEqual([]);
    }
    expect([...used].sort()).toEqual([...new Set(question.reads)].sort());
  },
);

test('a call that is not declared is a mistake, not an unknown answer', async () => {
  const { world, all } = organisation();
  await expect(
    ask(askingOf(world, all), {
      id: 'wrong',
      title: 'Wrong',
      reads: [],
      freshMinutes: 1,
      ofEach: async (reader) => {
        await reader.call('iam:GetAccountSummary', {});
        return { kind: 'answered', figures: [] };
      },
    }),
  ).rejects.toThrow('posture question wrong does not declare iam:GetAccountSummary');
});

test('every figure leads to a page of the AWS console', async () => {
  const { world, all } = organisation();
  home(world).aggregator = 'organisation';
  const answers = await Promise.all(
    questions.map((question) => ask(askingOf(world, all), question)),
  );
  const links = answers.flatMap((answer) =>
    answer.kind === 'answered' ? answer.figures.map(({ link }) => link) : [],
  );
  expect(links.length).toBeGreaterThan(25);
  for (const link of links)
    expect(link).toMatch(
      /^https:\/\/eu-west-1\.console\.aws\.amazon\.com\/[\w/-]+\?region=eu-west-1(#[\w/=:&-]+)?$/,
    );
});

test('the read role gets what questions read, and still changes nothing', () => {
  const granted = memberPolicy('read').Statement.flatMap(({ Action }) => Action);
  expect(granted).toContain('securityhub:GetAdhocInsightResults');
  // Only a credential report is made, a policy simulated and a log searched, which writes a result at most.
  expect(
    granted.filter(
      (action) =>
        !/:(Check|Describe|Get|List|Lookup|Select|Validate|GenerateCredentialReport$|SimulatePrincipalPolicy$|StartQuery(Execution)?$)/.test(
          action,
        ),
    ),
  ).toEqual([]);
  expect(memberPolicy('respond').Statement.flatMap(({ Action }) => Action)).not.toContain(
    'iam:GetCredentialReport',
  );
});
