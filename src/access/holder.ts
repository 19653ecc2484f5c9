/** The resources of which Cordon reads policies. */

const kinds = ['bucket', 'function', 'kms-key', 'role', 'secret', 'user'] as const;

export interface PolicyHolder {
  readonly kind: (typeof kinds)[number];
  /** Its name; of a key its id, of a secret its name or the end of its ARN. */
  readonly id: string;
  readonly account: string;
  readonly region: string;
}

export const holdsPolicies = <R extends { readonly kind: string; readonly id: string }>(
  resource: R,
): resource is R & { readonly kind: PolicyHolder['kind'] } =>
  kinds.some((kind) => kind === resource.kind);
