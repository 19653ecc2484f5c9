/** The resources of which Cordon reads policies. */

const kinds = ['bucket', 'role', 'user'] as const;

export interface PolicyHolder {
  readonly kind: (typeof kinds)[number];
  /** Of a bucket, role or user its name. */
  readonly id: string;
  readonly account: string;
  readonly region: string;
}

export const holdsPolicies = <R extends { readonly kind: string; readonly id: string }>(
  resource: R,
): resource is R & { readonly kind: PolicyHolder['kind'] } =>
  kinds.some((kind) => kind === resource.kind);
