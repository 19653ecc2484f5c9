/**
 * EventBridge between buses. moto takes an event over as one of the receiving account, and asks nobody whether it may; so
 * this goes by what moto holds of the templates: rules, patterns, targets, the rules' role, and the policy of the
 * bus. The event stays as it was sent: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-account.html
 */
import {
  DescribeEventBusCommand,
  EventBridgeClient,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  type Rule,
  type Target,
} from '@aws-sdk/client-eventbridge';
import { GetRoleCommand, GetRolePolicyCommand, IAMClient } from '@aws-sdk/client-iam';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { evaluatePolicies } from '../../src/local/world/policy-evaluation.ts';
import { compilePattern, matches } from '../../src/rules/event-pattern.ts';
import { clientOf, sessionOf } from './installation.ts';
import { queueUrl } from './pumps.ts';

export interface Place {
  readonly account: string;
  readonly region: string;
}

/** What became of an event: each queue it reached, and each hop that was refused, in words. */
type Trace = string[];

type Event = Readonly<Record<string, unknown>>;

const service = 'events.amazonaws.com';

/** The statements that are for EventBridge, as if they were of the caller. */
const forEvents = (document: string): string => {
  const { Statement = [] } = JSON.parse(document);
  return JSON.stringify({
    Statement: [Statement]
      .flat()
      .filter(({ Principal }) => Principal === '*' || [Principal.Service].flat().includes(service))
      // Only a trust policy has no resource.
      .map(({ Principal: _, ...rest }) => ({ Resource: '*', ...rest })),
  });
};

const allows = (
  text: string,
  action: string,
  resource: string,
  context: Readonly<Record<string, string>> = {},
): boolean =>
  evaluatePolicies([{ name: 'policy', text }], { action, resource, context }).decision ===
  'allowed';

export interface Bridge {
  /** Its address. */
  readonly moto: string;
  /** Which organisation an account is in. */
  readonly organizationOf: (account: string) => string | undefined;
}

/** An event that fits a rule. */
interface Matched {
  readonly from: Place;
  readonly rule: Rule;
  readonly event: Event;
}

const at = async ({ moto }: Bridge, { account, region }: Place) => ({
  ...clientOf(moto, await sessionOf(moto, account, 'owner')),
  region,
});

/** What the rule's role may not do; undefined where all is well. */
const roleRefuses = async (bridge: Bridge, from: Place, { Arn = '', RoleArn = '' }: Target) => {
  const iam = new IAMClient(await at(bridge, from));
  const RoleName = RoleArn.split('/').at(-1) ?? '';
  const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
  const trust = decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '{}');
  if (!allows(forEvents(trust), 'sts:AssumeRole', '*', { 'aws:sourceaccount': from.account }))
    return `${RoleName} does not trust EventBridge of ${from.account}`;
  const { PolicyDocument = '{}' } = await iam.send(
    new GetRolePolicyCommand({ RoleName, PolicyName: 'forward' }),
  );
  // moto keeps what a template says as Python writes it.
  const rights = decodeURIComponent(PolicyDocument).replaceAll("'", '"');
  return allows(rights, 'events:PutEvents', Arn) ? undefined : `${RoleName} may not send to ${Arn}`;
};

const busRefuses = async (
  bridge: Bridge,
  from: Place,
  { rule, arn, to }: { readonly rule: Rule; readonly arn: string; readonly to: Place },
) => {
  // In one account the role is enough.
  if (from.account === to.account) return;
  const { Policy = '{}' } = await new EventBridgeClient(await at(bridge, to)).send(
    new DescribeEventBusCommand({ Name: arn.split('/').at(-1) }),
  );
  const organization = bridge.organizationOf(from.account);
  return allows(forEvents(Policy), 'events:PutEvents', arn, {
    'aws:sourcearn': rule.Arn ?? '',
    ...(organization ? { 'aws:principalorgid': organization } : {}),
  })
    ? undefined
    : `${arn} takes nothing of ${rule.Arn}`;
};

/** moto makes no policy of a queue from a template: test/infra/patterns.test.ts has those. */
const toQueue = async (bridge: Bridge, arn: string, { from, event }: Matched): Promise<string> => {
  const [, , , , account = '', name = ''] = arn.split(':');
  const sqs = new SQSClient({ ...(await at(bridge, from)), useQueueUrlAsEndpoint: false });
  await sqs.send(
    new SendMessageCommand({
      QueueUrl: queueUrl(bridge.moto, name).replace(/\d{12}/, account),
      MessageBody: JSON.stringify(event),
    }),
  );
  return `${account} ${name}`;
};

const toTarget = async (bridge: Bridge, target: Target, matched: Matched): Promise<Trace> => {
  const { from, rule, event } = matched;
  const { Arn = '', DeadLetterConfig } = target;
  const [, , kind, region = '', account = ''] = Arn.split(':');
  if (kind === 'sqs') return [await toQueue(bridge, Arn, matched)];
  const to = { account, region };
  const refused =
    (await roleRefuses(bridge, from, target)) ??
    (await busRefuses(bridge, from, { rule, arn: Arn, to }));
  if (!refused) return send(bridge, to, event, Arn.split('/').at(-1));
  return [refused, await toQueue(bridge, DeadLetterConfig?.Arn ?? '', matched)];
};

/** As a service of AWS does there: on the default bus, unless another is named. */
export const send = async (
  bridge: Bridge,
  place: Place,
  event: Event,
  EventBusName = 'default',
): Promise<Trace> => {
  const events = new EventBridgeClient(await at(bridge, place));
  const { Rules = [] } = await events.send(new ListRulesCommand({ EventBusName }));
  const trace: Trace = [];
  for (const rule of Rules) {
    const { EventPattern = '', State, Name: Rule } = rule;
    if (State !== 'ENABLED' || !matches(compilePattern(JSON.parse(EventPattern)), event)) continue;
    const { Targets = [] } = await events.send(
      new ListTargetsByRuleCommand({ EventBusName, Rule }),
    );
    for (const target of Targets)
      trace.push(...(await toTarget(bridge, target, { from: place, rule, event })));
  }
  return trace;
};
