/** What is looked at after a deployment, in this order. */
import type { Check } from '../check.ts';
import type { Site } from '../site.ts';
import { accounts } from './accounts.ts';
import { pager, rules, schedules } from './events.ts';
import { account, execution, functions, secret } from './home.ts';
import { journey } from './journey.ts';
import { organization } from './organization.ts';
import { policies } from './policies.ts';
import { slackChannels, slackGroups, slackScopes, slackToken } from './slack.ts';
import { queues, tables } from './storage.ts';

export const afterDeployment: readonly Check<Site>[] = [
  account,
  functions,
  execution,
  secret,
  slackToken,
  slackScopes,
  slackChannels,
  slackGroups,
  tables,
  queues,
  rules,
  schedules,
  pager,
  policies,
  organization,
  accounts,
  journey,
];
