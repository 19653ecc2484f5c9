/** What the configuration forbids before AWS is asked anything. */
import { type Action, type Refusal, refuse } from '../actions/action.ts';
import type { CordonConfig } from '../config/config.ts';
import type { Finding, Resource } from '../findings/finding.ts';

/** Whether the account may be changed at all: asked for the plan, and again before a start. */
export const gateAccount = (
  config: CordonConfig,
  { action, target }: { readonly action: Action; readonly target: Resource },
): Refusal | undefined => {
  const account = config.accounts[target.account];
  if (action.on !== 'finding' && !account)
    return refuse(
      'unknown-account',
      `Account ${target.account} is not in the configuration.`,
      'Add it under `accounts` in cordon.config.ts and deploy its member role.',
    );
  if (action.on !== 'finding' && account && !account.response)
    return refuse(
      'not-permitted',
      `Response is switched off for account ${account.name}.`,
      'Set `response: true` for it in cordon.config.ts, or act by hand in the console.',
    );
  return undefined;
};

export const gateTarget = (
  config: CordonConfig,
  offer: { readonly action: Action; readonly target: Resource },
  finding: Finding,
): Refusal | undefined => {
  const refusal = gateAccount(config, offer);
  if (refusal) return refusal;
  if (finding.sample && !config.actOnSamples)
    return refuse(
      'sample',
      'This is a sample finding; what it names does not exist.',
      'Nothing to do. Archive it in the service that made it.',
    );
  return undefined;
};
