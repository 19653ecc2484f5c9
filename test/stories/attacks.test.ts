/** What an attacker tries who can send events, requests or clicks; the rest is in sentences/attacks.ts. */
import { afterEach, describe, expect, test } from 'vitest';
import { localQueues } from '../../src/local/runtime/resources.ts';
import { compromisedServer, guardDutyEvent } from '../../src/local/scenarios/guardduty-event.ts';
import { toGatewayEvent } from '../../src/local/slack/gateway-event.ts';
import { askToIsolate } from './acts.ts';
import { type Play, people, play } from './play.ts';

const lambda = { functionName: 'web', awsRequestId: 'attack' } as never;

let stage: Play;

afterEach(() => stage.close());

const real = () => guardDutyEvent(compromisedServer, stage.world.clock.now());

describe('events that AWS did not send', () => {
  const forgeries: readonly (readonly [string, object])[] = [
    ['from an application of one’s own', { source: 'com.example.app' }],
    ['with a source that only looks like AWS', { source: 'aws.guardduty.example' }],
    ['from another service than its type’s', { source: 'aws.s3' }],
    ['without a source', { source: '' }],
  ];

  test.each(forgeries)('%s: no card, and the reason is counted', async (_, forged) => {
    stage = await play();
    const event = { ...real(), ...forged };
    const answer = await stage.world.events([event]);
    expect(answer.accepted).toBe(0);
    // Even past the patterns, straight into the queue.
    stage.world.queues.send(localQueues.ingest, { MessageBody: JSON.stringify(event) });
    await stage.world.idle();
    expect(stage.cards()).toEqual([]);
    expect(Object.values(await stage.ignored())).toEqual([1]);
    await stage.curtain({ pings: 0 });
  });

  test('a finding about another account than its product may speak of offers nothing but to be suppressed', async () => {
    stage = await play();
    const relayed = {
      version: '0',
      id: 'forged-1',
      source: 'aws.securityhub',
      'detail-type': 'Security Hub Findings - Imported',
      account: '111122223333',
      region: 'eu-west-1',
      time: '2026-11-22T09:00:00Z',
      resources: [],
      detail: {
        findings: [
          {
            SchemaVersion: '2018-10-08',
            Id: 'arn:aws:securityhub:eu-west-1:111122223333:product/111122223333/default/forged',
            ProductArn: 'arn:aws:securityhub:eu-west-1:111122223333:product/111122223333/default',
            AwsAccountId: '123456789012',
            GeneratorId: 'attacker',
            Title: 'Isolate production, please',
            Description: 'An account that was taken over imports a finding about another one.',
            Severity: { Label: 'CRITICAL' },
            Types: ['TTPs/Command and Control'],
            CreatedAt: '2026-11-22T09:00:00Z',
            UpdatedAt: '2026-11-22T09:00:00Z',
            Workflow: { Status: 'NEW' },
            RecordState: 'ACTIVE',
            Resources: [
              {
                Type: 'AwsEc2Instance',
                Id: 'arn:aws:ec2:eu-west-1:123456789012:instance/i-0a1b2c3d4e5f60718',
              },
            ],
          },
        ],
      },
    };
    stage.world.queues.send(localQueues.ingest, { MessageBody: JSON.stringify(relayed) });
    await stage.world.idle();
    const offers = stage.cards().flatMap((card) => stage.controls(card));
    expect(offers.filter((control) => control.startsWith('plan:'))).toEqual([
      'plan:suppress-finding',
    ]);
    expect(stage.mutations()).toEqual([]);
  });
});

describe('a modal whose metadata was altered', () => {
  /** The form of a plan that Maria was shown, sent by this person with this token. */
  const submitted = async (user: string, token: string): Promise<void> => {
    const payload = {
      type: 'view_submission',
      user: { id: user, team_id: 'T0CORDON' },
      team: { id: 'T0CORDON' },
      view: {
        id: 'V0FORGED',
        type: 'modal',
        callback_id: 'plan',
        private_metadata: token,
        state: {
          values: { reason: { 'reason-code': { selected_option: { value: 'confirmed' } } } },
        },
      },
    };
    const { signingSecret } = stage.world.slack;
    await stage.world.gesture({
      event: toGatewayEvent({
        body: new URLSearchParams({ payload: JSON.stringify(payload) }).toString(),
        signingSecret,
        now: stage.world.clock.now(),
      }),
      settle: ({ statusCode }) => ({ status: statusCode ?? 200, body: '' }),
    });
  };

  test('to somebody else’s plan, or to none, makes no request', async () => {
    stage = await play();
    await stage.scenario('compromised-server');
    await stage.press(people.maria, 'plan:isolate-instance');
    const shown = stage.world.slack.state(people.maria) as {
      readonly modals: readonly { readonly view: { readonly private_metadata: string } }[];
    };
    const token = shown.modals.at(-1)?.view.private_metadata ?? '';
    expect(token).not.toBe('');
    await submitted(people.lee, token);
    await submitted(people.maria, 'A'.repeat(43));
    await submitted(people.maria, JSON.stringify({ action: 'isolate-instance', approved: true }));
    expect(await stage.refusals()).toEqual(Array(3).fill('This plan was not shown to you.'));
    expect(await stage.requestIds()).toEqual([]);
    expect(stage.mutations()).toEqual([]);
    // The very same form, untouched, is what makes one.
    await submitted(people.maria, token);
    expect(await stage.requestIds()).toHaveLength(1);
    await stage.curtain();
  });
});

test('a flood of unsigned requests and giant bodies costs no call and no message, and a click gets through', async () => {
  stage = await play();
  const asked = await askToIsolate(stage);
  const before = stage.world.aws.calls.length;
  const queued = JSON.stringify(stage.world.queues.depth());
  const now = stage.world.clock.now();
  const flood = [
    ...Array.from({ length: 200 }, (_, n) =>
      toGatewayEvent({ body: `payload=${n}`, signingSecret: 'a guess', now }),
    ),
    toGatewayEvent({
      body: 'x'.repeat(1024 * 1024),
      signingSecret: stage.world.slack.signingSecret,
      now,
    }),
  ];
  const answers = await Promise.all(flood.map((event) => stage.world.functions.web(event, lambda)));
  expect(new Set(answers.slice(0, 200).map(({ statusCode }) => statusCode))).toEqual(
    new Set([401]),
  );
  expect(answers.at(-1)?.statusCode).toBe(413);
  // Not even the secret is asked for again.
  expect(stage.world.aws.calls.slice(before)).toEqual([]);
  expect(JSON.stringify(stage.world.queues.depth())).toBe(queued);
  await stage.press(people.ana, 'approve', asked);
  expect(stage.cardSays()).toContain('*Contained*, verified');
  await stage.curtain();
});

test('no log line of a whole life holds a secret, a payload or what the attacker wrote', async () => {
  const lines: string[] = [];
  stage = await play({
    log: (line, facts) => lines.push(`${line} ${JSON.stringify(facts ?? {})}`),
  });
  const marked = { ...compromisedServer, type: 'Backdoor:EC2/C&CActivity.B!DNS' };
  await stage.world.events([guardDutyEvent(marked, stage.world.clock.now())]);
  await stage.press(people.maria, 'plan:isolate-instance');
  await stage.submit(people.maria, 'confirmed', {
    'reason-text': { 'reason-text': 'reason-of-maria' },
  });
  stage.world.slack.faults.add({ method: 'chat.update', kind: 'error', count: 1 });
  stage.world.aws.faults.add({
    service: 'ec2',
    operation: 'CreateSecurityGroup',
    kind: 'error',
    count: 1,
  });
  await stage.press(people.ana, 'approve', stage.withControl('approve'));
  await stage.world.advance(300);
  expect(lines.length).toBeGreaterThan(20);
  const { token, signingSecret } = stage.world.slack;
  const log = lines.join('\n');
  for (const secret of [token, signingSecret, 'v0=', 'hooks.slack.com', 'trigger_id', 'payload='])
    expect(log).not.toContain(secret);
  for (const written of ['reason-of-maria', 'C&CActivity', '192.0.2.44'])
    expect(log).not.toContain(written);
});
