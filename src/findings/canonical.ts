/**
 * One id for one finding, whichever way it comes: from its service, relayed by Security Hub in ASFF
 * or in OCSF, from the member or the administrator, from a linked Region.
 */
import { lastPart, parseArn } from './arn.ts';
import type { Resource } from './finding.ts';
import { at, text } from './read.ts';
import type { Where } from './resource.ts';

/** Access Analyzer's ids are unique by themselves. */
export const accessAnalyzerId = (id: string): string => `access-analyzer:${id}`;

/** Macie: `detail.id`, which is Security Hub's Id or the end of it. */
export const macieId = (account: string, id: string): string => `macie:${account}:${lastPart(id)}`;

/** Health: an event's ARN is the same for every account that it concerns. */
export const healthId = (account: string, arn: string): string =>
  `health:${account}:${arn.replace(/^.*?:event\//, '')}`;

/**
 * Config: one rule and one resource. Security Hub names it by its ARN, so the type in front goes;
 * all the rest stays, for `task-definition/web:1` is not `task-definition/payments:1`.
 * SQS's id is an address that ends in the queue's name.
 */
export const configId = (ruleArn: string, resource: string): string => {
  const named = parseArn(resource)?.resource.replace(/^\/?[^/:]+[/:]/, '');
  return `${ruleArn}/${named ?? resource.replace(/^https:.*\//, '')}`;
};

/** A finding as Security Hub relays it. */
interface Relayed {
  /** `arn:aws:securityhub:eu-west-1::product/aws/guardduty`, or `productv2` in OCSF. */
  readonly productArn: string;
  readonly id: string;
  readonly account: string;
  /** The page of the finding in its service's console. */
  readonly url?: unknown;
  /** ASFF's ProductFields. */
  readonly fields?: unknown;
  /** The ARN or id of its first resource. */
  readonly resource?: unknown;
}

/** Only AWS's own services can import under this name, so only they can claim a service's id. */
const awsProduct = /^arn:aws[a-z-]*:securityhub:[a-z0-9-]*::product(?:v2)?\/aws\/([\w-]+)$/;

/** The service of AWS whose product it is, undefined for everybody else's. */
export const awsProductOf = (productArn: string): string | undefined =>
  awsProduct.exec(productArn)?.[1];

const ownIds: Readonly<Record<string, (relayed: Relayed) => string>> = {
  macie: ({ account, id }) => macieId(account, id),
  health: ({ account, id }) => healthId(account, id),
  config: ({ id, resource }) => configId(id.replace(/\/finding\/.*$/s, ''), text(resource, 1_024)),
  // The Id is that of analyzer and resource; the finding's own is in the fields or in the address.
  'access-analyzer': ({ id, url, fields }) =>
    accessAnalyzerId(
      text(at(fields, 'findingId'), 128) ||
        (/\/details\/([\w-]{8,64})/.exec(text(url))?.[1] ??
          (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(lastPart(id)) ? lastPart(id) : id)),
    ),
};

/**
 * The id that the service itself gives the finding. What other products import keeps their name
 * and account in front, so that nobody can pass for a finding of AWS.
 */
export const relayedId = (relayed: Relayed): string => {
  const { productArn, id, account } = relayed;
  const service = awsProductOf(productArn);
  if (service === undefined) {
    const product = productArn.replace(/^.*:product(v2)?\//, '');
    return `securityhub:${account}:${product}:${id}`;
  }
  const own = Object.hasOwn(ownIds, service) ? ownIds[service] : undefined;
  if (own) return own(relayed);
  return id.startsWith('arn:') ? id : `${service}:${account}:${id}`;
};

/** Where the finding can be archived: in GuardDuty when it is its own, else in Security Hub. */
export const keptFinding = (
  { productArn, id }: Pick<Relayed, 'productArn' | 'id'>,
  canonicalId: string,
  where: Where,
): Resource | undefined => {
  if (!id) return undefined;
  const finding = { kind: 'finding', id: canonicalId, ...where } as const;
  const own = /:detector\/([^/]+)\/finding\/([^/]+)$/.exec(id);
  return awsProductOf(productArn) === 'guardduty' && own
    ? { ...finding, keptBy: 'guardduty', keeper: own[1] ?? '', key: own[2] ?? '' }
    : { ...finding, keptBy: 'securityhub', keeper: productArn, key: id };
};
