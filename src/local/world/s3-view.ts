/** Buckets as `GET /aws/state` shows them. */
import { blockSettings } from '../../actions/bucket-facts.ts';
import { hasQuarantine } from '../../actions/bucket-policy.ts';
import { isPublicPolicy } from './s3-public.ts';
import type { Bucket } from './state.ts';

export const viewBucket = ({ name, block, policy, grants, website }: Bucket) => ({
  name,
  /** Settings that are on; absent when it has no block. */
  ...(block ? { block } : {}),
  blocked: block?.length === blockSettings.length,
  ...(policy === undefined ? {} : { policy }),
  /** As AWS counts its policy, whatever the block does. */
  publicPolicy: policy !== undefined && isPublicPolicy(policy),
  publicGrants: grants.filter(({ group }) => group.startsWith('global/')).length,
  quarantined: policy !== undefined && hasQuarantine(policy),
  website,
});
