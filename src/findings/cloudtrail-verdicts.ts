/**
 * How a watched CloudTrail call is judged, from what it was called with.
 * CloudTrail has no severities; these are ours.
 */
import type { Severity } from './finding.ts';
import { makesAdministrator, type Opening, openingBy } from './policy-document.ts';
import { at, type Leaf, leaves, list, text } from './read.ts';

/** Padding in front must not hide what matters: an event has 256 KB. */
const mostItems = 10_000;
const leavesOf = (request: unknown): readonly Leaf[] => leaves(request, 5 * mostItems);

/** What a call means: a severity and what to say, or the reason why it is nothing. */
export type Verdict =
  | { readonly severity: Severity; readonly says: string }
  | { readonly nothing: string };

export interface Watched {
  /** The highest that `judge` can say: for the event patterns. */
  readonly worst: Severity;
  /** `request` is CloudTrail's requestParameters, `own` the account of the event. */
  readonly judge: (request: unknown, own: string) => Verdict;
}

export const always = (severity: Severity, says: string): Watched => ({
  worst: severity,
  judge: () => ({ severity, says }),
});

export const when = (
  severity: Severity,
  says: string,
  condition: { readonly test: (request: unknown, own: string) => boolean; readonly else: string },
): Watched => ({
  worst: severity,
  judge: (request, own) =>
    condition.test(request, own) ? { severity, says } : { nothing: condition.else },
});

interface Openable {
  /** The subject of the sentence: `Bucket policy`. */
  readonly what: string;
  readonly opening: (request: unknown, own: string) => Opening;
  /** For a change that opens nothing; ignored when there is none. */
  readonly otherwise?: Severity;
}

/** By whom the change lets in: everybody HIGH, another account MEDIUM, everybody under a condition LOW. */
export const opens = ({ what, opening, otherwise }: Openable): Watched => ({
  worst: 'HIGH',
  judge: (request, own) => {
    switch (opening(request, own)) {
      case 'public':
        return { severity: 'HIGH', says: `${what} lets everybody in` };
      case 'other-account':
        return { severity: 'MEDIUM', says: `${what} lets another account in` };
      case 'conditional':
        return { severity: 'LOW', says: `${what} lets everybody in who meets a condition` };
      default:
        return otherwise
          ? { severity: otherwise, says: `${what} was changed` }
          : { nothing: `${what} lets in nobody outside this account` };
    }
  },
});

/** Snapshots and images: to share is to give a copy away. `add` is where the request lists the receivers. */
export const shares = (what: string, add: (request: unknown) => readonly string[]): Watched => ({
  worst: 'CRITICAL',
  judge: (request, own) => {
    const receivers = add(request);
    if (receivers.includes('all')) return { severity: 'CRITICAL', says: `${what} was made public` };
    return receivers.some((receiver) => receiver !== '' && receiver !== own)
      ? { severity: 'HIGH', says: `${what} was shared with another account` }
      : { nothing: `${what} was shared with nobody outside this account` };
  },
});

export const receiversOf =
  (permission: string) =>
  (request: unknown): readonly string[] =>
    list(at(request, permission, 'add', 'items'), mostItems).flatMap((item) =>
      ['userId', 'group', 'organizationArn', 'organizationalUnitArn'].map((receiver) =>
        text(at(item, receiver), 256),
      ),
    );

export const valuesToAdd = (request: unknown): readonly string[] =>
  list(at(request, 'valuesToAdd'), mostItems).map((value) => text(value, 64));

/** A good part of all addresses: two ranges of /1 are the world as well. */
const worldwide = /^([0-9.]+\/[0-7]|[0-9a-f:.]+\/[0-3])$/i;

/** Anywhere in the request, for EC2 has several shapes of it. */
export const openToWorld = (request: unknown): boolean =>
  leavesOf(request).some(
    (leaf) => /^cidr_?ip(v[46])?$/i.test(leaf.key) && worldwide.test(leaf.text),
  );

const administrators = /:policy\/(AdministratorAccess|IAMFullAccess|PowerUserAccess)$/;

export const attached = (who: string): Watched =>
  when('HIGH', `${who} was made an administrator`, {
    test: (request) => administrators.test(text(at(request, 'policyArn'), 512)),
    else: 'The policy attached does not make an administrator',
  });

export const inline = (who: string): Watched =>
  when('HIGH', `${who} was made an administrator`, {
    test: (request) => makesAdministrator(at(request, 'policyDocument')),
    else: 'The policy written does not make an administrator',
  });

/** All four settings are written at once; what is not `true` lets the public in. */
export const weakerBlock = (request: unknown): boolean =>
  leaves(at(request, 'PublicAccessBlockConfiguration')).filter(
    (leaf) => /^(Block|Ignore|Restrict)Public/i.test(leaf.key) && leaf.text === 'true',
  ).length < 4;

export const toEverybody = (request: unknown): boolean =>
  leavesOf(request).some((leaf) =>
    /groups\/global\/(AllUsers|AuthenticatedUsers)/.test(leaf.text),
  ) ||
  /public-read|authenticated-read/.test(
    text(at(request, 'x-amz-acl', 0) ?? at(request, 'x-amz-acl')),
  );

export const policyAt = (what: string, field: string): Watched =>
  opens({ what, opening: (request, own) => openingBy(at(request, field), own) });
