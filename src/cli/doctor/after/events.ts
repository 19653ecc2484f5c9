/** What starts Cordon: the rules of EventBridge, the schedules, and who is paged. */
import { DescribeRuleCommand, EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { GetScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { ListSubscriptionsByTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { forwardRule, intakeRule, scheduleNames, securityBus } from '../../../app/names.ts';
import { eventPatterns } from '../../../rules/event-patterns.ts';
import { broken, type Check, fine, isNamed, type Verdict } from '../check.ts';
import type { Site } from '../site.ts';

interface Wanted {
  readonly name: string;
  readonly region: string;
  readonly bus?: string;
  /** What it lets through by the configuration; anything when absent. */
  readonly pattern?: object;
}

/** IAM, Organizations and sign-in report there, whatever region is used. */
const globalRegion = 'us-east-1';

const wantedRules = (config: Site['config']): readonly Wanted[] => [
  { name: intakeRule, bus: securityBus, region: config.homeRegion },
  ...[...new Set([config.homeRegion, globalRegion])].flatMap((region) =>
    eventPatterns(config).map(({ name, pattern }) => ({
      name: forwardRule(name),
      region,
      pattern,
    })),
  ),
];

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, each]) => [key, sorted(each)] as const)
      .toSorted(([a], [b]) => a.localeCompare(b)),
  );
};

const same = (text: string | undefined, pattern: object): boolean =>
  JSON.stringify(sorted(JSON.parse(text ?? '{}'))) === JSON.stringify(sorted(pattern));

const ruleVerdict = async ({ aws }: Site, wanted: Wanted): Promise<Verdict | undefined> => {
  const { name, region, bus, pattern } = wanted;
  try {
    const rule = await new EventBridgeClient({ ...aws, region }).send(
      new DescribeRuleCommand({ Name: name, ...(bus ? { EventBusName: bus } : {}) }),
    );
    if (rule.State !== 'ENABLED')
      return broken(
        `rule ${name} in ${region} is ${rule.State?.toLowerCase()}: its events are lost`,
        `Enable it: aws events enable-rule --region ${region} --name ${name}${bus ? ` --event-bus-name ${bus}` : ''}`,
      );
    return pattern && !same(rule.EventPattern, pattern)
      ? broken(
          `rule ${name} in ${region} lets through something else than the configuration says`,
          'Synthesise and deploy again: event patterns are made from cordon.config.ts.',
        )
      : undefined;
  } catch (error) {
    if (!isNamed(error, /^ResourceNotFound/)) throw error;
    return broken(
      `there is no rule ${name} in ${region}`,
      region === globalRegion
        ? `Deploy cordon-forward.template.json in ${region}.`
        : 'Deploy the stack cordon: docs/install.md.',
    );
  }
};

export const rules: Check<Site> = {
  id: 'rules',
  needs: ['account'],
  async look(site) {
    const wanted = wantedRules(site.config);
    const found = await Promise.all(wanted.map((each) => ruleVerdict(site, each)));
    const verdicts = found.filter((verdict) => verdict !== undefined);
    return verdicts.length > 0
      ? verdicts
      : [fine(`${wanted.length} rules are on and as configured`)];
  },
};

const scheduleVerdict = async (
  scheduler: SchedulerClient,
  Name: string,
): Promise<Verdict | undefined> => {
  try {
    const { State } = await scheduler.send(new GetScheduleCommand({ Name }));
    return State === 'ENABLED'
      ? undefined
      : broken(
          `schedule ${Name} is off: nothing expires, nobody is reminded`,
          'Enable it in EventBridge Scheduler, or deploy again.',
        );
  } catch (error) {
    if (!isNamed(error, /^ResourceNotFound/)) throw error;
    return broken(`there is no schedule ${Name}`, 'Deploy the stack cordon: docs/install.md.');
  }
};

export const schedules: Check<Site> = {
  id: 'schedules',
  needs: ['account'],
  async look({ aws }) {
    const scheduler = new SchedulerClient(aws);
    const found = await Promise.all(
      Object.values(scheduleNames).map((name) => scheduleVerdict(scheduler, name)),
    );
    const verdicts = found.filter((verdict) => verdict !== undefined);
    return verdicts.length > 0 ? verdicts : [fine('the schedules are on')];
  },
};

export const pager: Check<Site> = {
  id: 'pager',
  needs: ['functions'],
  async look({ aws, deployment }) {
    const { pagerTopic: TopicArn } = await deployment();
    const { Subscriptions = [] } = await new SNSClient(aws).send(
      new ListSubscriptionsByTopicCommand({ TopicArn }),
    );
    const confirmed = Subscriptions.filter(({ SubscriptionArn = '' }) =>
      SubscriptionArn.startsWith('arn:'),
    );
    return confirmed.length > 0
      ? [fine(`${confirmed.length} subscription(s) of the pager topic`)]
      : [
          broken(
            'nobody is paged: the pager topic has no confirmed subscription',
            'Set deployment.pagerEmails, pagerPhones or pagerWebhooks, deploy, and confirm the subscription.',
          ),
        ];
  },
};
