/**
 * The simulated AWS WAF: IP sets, changed whole and only by who has seen the newest state.
 * https://docs.aws.amazon.com/waf/latest/APIReference/API_UpdateIPSet.html
 */
import type { GetIPSetCommandInput, UpdateIPSetCommandInput } from '@aws-sdk/client-wafv2';
import { AwsError } from './aws-error.ts';
import type { IpSet } from './network-state.ts';
import type { Call, Handlers } from './world.ts';

const arnOf = ({ partition }: Call, { name, id }: IpSet): string =>
  `arn:aws:wafv2:${partition.region}:${partition.account}:regional/ipset/${name}/${id}`;

const find = (input: GetIPSetCommandInput, { partition }: Call): IpSet => {
  const set = partition.network.ipSets.get(input.Id ?? '');
  if (!set || set.name !== input.Name)
    throw new AwsError(
      'WAFNonexistentItemException',
      'AWS WAF couldn’t perform the operation because your resource doesn’t exist.',
    );
  return set;
};

const tokenOf = ({ lock }: IpSet): string =>
  `00000000-0000-4000-8000-${`${lock}`.padStart(12, '0')}`;

export const wafHandlers = {
  ListIPSets(_input: object, call: Call) {
    return {
      IPSets: [...call.partition.network.ipSets.values()].map((set) => ({
        Name: set.name,
        Id: set.id,
        ARN: arnOf(call, set),
        LockToken: tokenOf(set),
      })),
    };
  },

  GetIPSet(input: GetIPSetCommandInput, call: Call) {
    const set = find(input, call);
    return {
      IPSet: {
        Name: set.name,
        Id: set.id,
        ARN: arnOf(call, set),
        IPAddressVersion: set.version,
        Addresses: [...set.addresses],
      },
      LockToken: tokenOf(set),
    };
  },

  UpdateIPSet(input: UpdateIPSetCommandInput, call: Call) {
    const set = find(input, call);
    if (input.LockToken !== tokenOf(set))
      throw new AwsError(
        'WAFOptimisticLockException',
        'AWS WAF couldn’t save your changes because someone changed the resource after you started to edit it.',
      );
    set.addresses = input.Addresses ?? [];
    set.lock += 1;
    return { NextLockToken: tokenOf(set) };
  },
} satisfies Handlers;
