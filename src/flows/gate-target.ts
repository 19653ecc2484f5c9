/** What the configuration forbids before AWS is asked anything. */
import { type Action, type Refusal, refuse } from '../actions/action.ts';
import { actions } from '../actions/index.ts';
import type { CordonConfig } from '../config/config.ts';
import { responds, unknownTo } from '../config/responds.ts';
import { actionsOf } from '../config/with-organization.ts';
import type { Finding, Resource } from '../findings/finding.ts';

/** What the account says of itself counts, else what the nearest unit above it says, else everything. */
const allowedIn = (
  config: CordonConfig,
  account: CordonConfig['accounts'][string],
): { readonly actions: readonly string[]; readonly where: string } => {
  const where = `account ${account.name}`;
  if (account.actions) return { actions: account.actions, where };
  const unit = actionsOf(config, account);
  return unit
    ? { actions: unit.actions, where: `the unit ${unit.unit}` }
    : { actions: actions.map(({ id }) => id), where };
};

/** Whether the account may be changed at all: asked for the plan, and again before a start. */
export const gateAccount = (
  config: CordonConfig,
  { action, target }: { readonly action: Action; readonly target: Resource },
): Refusal | undefined => {
  const account = config.accounts[target.account];
  if (action.on !== 'finding' && !account)
    return refuse(
      'unknown-account',
      `Account ${target.account} is ${unknownTo(config)}.`,
      'Add it under `accounts` in cordon.config.ts and deploy its member role.',
    );
  if (action.on !== 'finding' && account && !responds(config, account))
    return refuse(
      'observed',
      `Response is switched off for account ${account.name}.${account.observed ? ` ${account.observed}` : ''}`,
      account.observed
        ? 'Act by hand in the console; `/cordon posture` and `cordon doctor` say what Organizations answers.'
        : 'Set `response: true` for it or its unit in cordon.config.ts, or act by hand in the console.',
    );
  if (action.on === 'finding' || !account) return undefined;
  const allowed = allowedIn(config, account);
  return allowed.actions.includes(action.id)
    ? undefined
    : refuse(
        'observed',
        `${action.title} is not switched on for ${allowed.where}.`,
        `Add '${action.id}' to its actions in cordon.config.ts, or act by hand in the console.`,
      );
};

/** What does not exist is not planned, whoever would do it. */
export const gateSample = (
  { actOnSamples }: Pick<CordonConfig, 'actOnSamples'>,
  finding: Finding,
): Refusal | undefined => {
  if (finding.sample && !actOnSamples)
    return refuse(
      'sample',
      'This is a sample finding; what it names does not exist.',
      'Nothing to do. Archive it in the service that made it.',
    );
  return undefined;
};

export const gateTarget = (
  config: CordonConfig,
  offer: { readonly action: Action; readonly target: Resource },
  finding: Finding,
): Refusal | undefined => {
  return gateAccount(config, offer) ?? gateSample(config, finding);
};
