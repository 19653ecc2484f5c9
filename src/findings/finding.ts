/**
 * What happened: the normalised form of one event of an AWS security service.
 * Everything an attacker can influence is `Untrusted` and may only be drawn as plain text
 * (src/slack/text.ts); nothing in this folder knows Slack, the AWS SDK or the clock.
 */

/** Text that an attacker may have written (names, tags, descriptions, user agents). */
export type Untrusted = string & { readonly __untrusted: unique symbol };

/** Marks text from outside. It is never parsed, only drawn as plain text. */
export const untrusted = (text: string): Untrusted => text as Untrusted;

/** The one severity scale of Cordon, lowest first. */
export const severities = ['INFORMATIONAL', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL'] as const;
export type Severity = (typeof severities)[number];

/** True when `severity` is at least `floor` on the scale above. */
export const atLeast = (severity: Severity, floor: Severity): boolean =>
  severities.indexOf(severity) >= severities.indexOf(floor);

/** Where a finding came from: one parser file each. */
export const sources = [
  'guardduty',
  'securityhub-asff',
  'securityhub-ocsf',
  'accessanalyzer',
  'inspector2',
  'macie',
  'config',
  'health',
  'cloudtrail',
] as const;
export type Source = (typeof sources)[number];
/** `manual`: no service saw it; a responder named a thing and what to do with it. */
export type Origin = Source | 'manual';

interface Located {
  /** The id people know it by: `i-…`, `AKIA…`, a bucket name, an ARN for findings. */
  readonly id: string;
  /** Twelve digits, from the finding itself, never from the envelope. */
  readonly account: string;
  readonly region: string;
  readonly name?: Untrusted;
  /** At most 50, keys up to 128 and values up to 256 characters, as the finding gives them. */
  readonly tags?: Readonly<Record<string, Untrusted>>;
}

/** Kinds of which nothing more than their place is known. */
type PlainKind =
  | 'user'
  | 'role'
  | 'role-session'
  | 'bucket'
  | 'security-group'
  | 'function'
  | 'image'
  | 'snapshot'
  | 'cluster'
  | 'container'
  | 'database'
  | 'database-snapshot'
  | 'service'
  | 'task'
  | 'workload'
  | 'kms-key'
  | 'secret'
  | 'trail'
  | 'detector'
  | 'recorder'
  | 'account'
  | 'address'
  | 'other';

/** A thing that a finding is about or that an action works on. */
export type Resource =
  | (Located & { readonly kind: 'instance' })
  | (Located & {
      readonly kind: 'access-key';
      /** IAM user name that owns the key, when the finding tells it. */
      readonly user?: Untrusted;
      /** ASIA… keys belong to a session and cannot be deactivated. */
      readonly temporary: boolean;
      readonly principalId?: string;
      /** GuardDuty's userType: IAMUser, AssumedRole, Root, FederatedUser … */
      readonly userType?: string;
    })
  | (Located & {
      readonly kind: 'finding';
      /** Which service keeps the finding, so which API archives it. */
      readonly keptBy: 'guardduty' | 'securityhub' | 'securityhub-v2';
      /** GuardDuty: detector id. Security Hub: the product ARN, in OCSF `metadata.product.uid`. */
      readonly keeper: string;
      /** The id inside its keeper. */
      readonly key: string;
    })
  | { [K in PlainKind]: Located & { readonly kind: K } }[PlainKind];

export type ResourceKind = Resource['kind'];
export type ResourceOf<K extends ResourceKind> = Extract<Resource, { kind: K }>;

/** Who did it, as far as the finding tells. */
export interface Actor {
  readonly ip?: string;
  readonly country?: Untrusted;
  readonly organisation?: Untrusted;
  readonly principal?: Untrusted;
  readonly userAgent?: Untrusted;
  readonly domain?: Untrusted;
}

/** One labelled fact for "what happened"; the label is ours, the value is not. */
export interface Fact {
  readonly label: string;
  readonly value: Untrusted;
}

export interface Finding {
  readonly kind: 'finding';
  readonly source: Origin;
  /** The source's own type, for example `UnauthorizedAccess:EC2/SSHBruteForce`, byte for byte. */
  readonly type: string;
  readonly title: Untrusted;
  readonly description: Untrusted;
  readonly severity: Severity;
  /** The source's own figure or word, for display: `8.9`, `HIGH`. */
  readonly nativeSeverity: string;
  readonly account: string;
  readonly region: string;
  readonly resources: readonly Resource[];
  readonly actors: readonly Actor[];
  /** What happened, at most a few lines. */
  readonly facts: readonly Fact[];
  /** The same for a direct event, its Security Hub copy and every repeat (a GuardDuty finding ARN …). */
  readonly canonicalId: string;
  /** Changes exactly when a repeat is worth an edit of the card. */
  readonly fingerprint: string;
  /** EventBridge's id of this delivery; equal for a redelivery of the same event. */
  readonly eventId: string;
  /** How often the source says it saw it. */
  readonly count: number;
  /** ISO 8601 UTC, milliseconds. */
  readonly firstSeen: string;
  readonly lastSeen: string;
  readonly updatedAt: string;
  /** True for the service's own sample findings: badged, and not about anything that exists. */
  readonly sample: boolean;
  /** True when the source itself has archived, resolved or suppressed it. */
  readonly archived: boolean;
  /** Canonical id of the attack sequence that it is, or is a signal of; the same for all of them. */
  readonly sequence?: string;
}

/** An event that is not a finding, or not one that Cordon reads yet: counted, never silent. */
export interface Ignored {
  readonly kind: 'ignored';
  /** What to tell a person who asks why. */
  readonly because: string;
  readonly source: Source | 'unknown';
  /** The source's own type or detail-type, when one can be read. */
  readonly type: string;
  readonly eventId: string;
}
