/** `GET /aws/state`: the accounts, and what captures put into Cordon's own evidence bucket. */
import type { LocalWorld } from './local-world.ts';
import type { AwsState } from './world/view.ts';

export const shownAws = async ({
  aws,
  vault,
}: Pick<LocalWorld, 'aws' | 'vault'>): Promise<
  AwsState & { readonly evidence: readonly string[] }
> => ({ ...aws.state(), evidence: await vault.list('captures/', '') });
