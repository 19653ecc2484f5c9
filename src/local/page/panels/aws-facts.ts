/** What the AWS panel watches: each visible value by its place, so that a change can be shown. */
import type { AwsState } from '../wire.ts';

/** Place → value, for example `eni-1` → `sg-1, sg-2`. */
export type Facts = ReadonlyMap<string, string>;

/** Every value that a response can change. */
export const factsOf = (state: AwsState): Facts =>
  new Map(
    state.accounts.flatMap(
      ({ id, instances, securityGroups, copies, buckets, users, roles, findings, services }) => [
        ...instances.map((one) => [`${id}/${one.id}`, one.state] as const),
        ...instances.flatMap(({ interfaces }) =>
          interfaces.map((one) => [`${id}/${one.id}`, one.groups.join(', ')] as const),
        ),
        ...securityGroups.map(
          (one) => [`${id}/${one.id}`, JSON.stringify([one.ingress, one.egress])] as const,
        ),
        ...buckets.map(
          (one) => [`${id}/${one.name}`, JSON.stringify([one.block, one.policy])] as const,
        ),
        ...users.map((one) => [`${id}/user/${one.name}`, (one.policies ?? []).join(', ')] as const),
        ...roles.map((one) => [`${id}/role/${one.name}`, one.policies.join(', ')] as const),
        ...(copies ?? []).map(
          (one) => [`${id}/${one.id}`, JSON.stringify([one.sharedWith, one.locked])] as const,
        ),
        ...users.flatMap(({ keys }) => keys.map((key) => [`${id}/${key.id}`, key.status] as const)),
        ...findings.map(
          (one) =>
            [`${id}/${one.id}`, `${one.archived} ${one.workflow} ${one.feedback ?? ''}`] as const,
        ),
        ...(services ?? []).map((one) => [`${id}/${one.kind} ${one.id}`, one.state] as const),
      ],
    ),
  );

/** Places whose value differs from before; nothing when there is no before. */
export const changedFacts = (before: Facts | undefined, after: Facts): ReadonlySet<string> =>
  new Set(
    before
      ? [...after].flatMap(([place, value]) => (before.get(place) === value ? [] : [place]))
      : [],
  );
