/**
 * What the simulated AWS remembers only for questions of posture, by account and Region. Mutable on
 * purpose, as src/local/world/state.ts.
 */

/** One check of a control of Security Hub, kept with the administrator. */
export interface ControlCheck {
  readonly control: string;
  readonly account: string;
  readonly standards: readonly string[];
  readonly severity: 'CRITICAL' | 'HIGH' | 'MEDIUM' | 'LOW';
  status: 'PASSED' | 'FAILED';
  suppressed?: boolean;
}

export interface Analyzer {
  readonly name: string;
  readonly type:
    | 'ACCOUNT'
    | 'ORGANIZATION'
    | 'ACCOUNT_UNUSED_ACCESS'
    | 'ORGANIZATION_UNUSED_ACCESS'
    | 'ACCOUNT_INTERNAL_ACCESS'
    | 'ORGANIZATION_INTERNAL_ACCESS';
  active: number;
  /** Of the active ones, those of buckets that everybody can reach. */
  publicBuckets: number;
  /** Those of single users and roles. */
  readonly about?: readonly {
    readonly resource: string;
    readonly type: 'ExternalAccess' | 'UnusedPermission';
  }[];
}

interface ContainerImage {
  readonly account: string;
  readonly repository: string;
  readonly tag: string;
  critical: number;
}

export interface PostureState {
  encryptsNewVolumes: boolean;
  blocksPublicSnapshots: boolean;
  blocksPublicImages: boolean;
  /** The name of an aggregator of AWS Config; none when absent. */
  aggregator?: string;
  /** The new Security Hub is on. */
  newHub: boolean;
  checks: ControlCheck[];
  /** CRITICAL and HIGH findings 7 days ago, where the new Security Hub is on. */
  weekAgo: number;
  analyzers: Analyzer[];
  /** Security Hub is configured for the whole organisation from here. */
  centralHub?: boolean;
  /** Its policy for the whole organisation; none when absent. */
  hubPolicy?: { enabled: boolean; status: 'SUCCESS' | 'PENDING' | 'FAILED' };
  /** Accounts that look after their Security Hub themselves. */
  ownHubs?: readonly string[];
  /** What Inspector scans in every account of the organisation, where it is administered. */
  inspects?: readonly string[];
  runtime: { healthy: number; unhealthy: number };
  firewalls: string[];
  /** Resources protected by Shield Advanced; not subscribed when absent. */
  shielded?: number;
  images: ContainerImage[];
}

export const emptyPosture = (): PostureState => ({
  encryptsNewVolumes: false,
  blocksPublicSnapshots: false,
  blocksPublicImages: false,
  newHub: false,
  checks: [],
  weekAgo: 0,
  analyzers: [],
  runtime: { healthy: 0, unhealthy: 0 },
  firewalls: [],
  images: [],
});
