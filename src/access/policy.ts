/** One policy as the checks take it, and where a check is asked. */
import type {
  AccessCheckResourceType,
  ValidatePolicyResourceType,
} from '@aws-sdk/client-accessanalyzer';
import type { Aws } from '../actions/aws.ts';

/** A session of Cordon in an account, or the operator's own credentials (`cordon doctor`). */
export type PolicyChecker = Pick<Aws, 'call'>;

export interface PolicyToCheck {
  /** `bucket policy of example-invoices` */
  readonly name: string;
  /** JSON text. */
  readonly document: string;
  readonly type: 'IDENTITY_POLICY' | 'RESOURCE_POLICY';
  /** Where AWS has rules of its own for policies on such a resource. */
  readonly validatedAs?: ValidatePolicyResourceType;
  /** What it is on, where AWS can prove whether it lets everybody in. */
  readonly on?: AccessCheckResourceType;
}
