/** What a rule supposes, where that decides how far somebody's word about themselves counts. */

/**
 * Techniques in which somebody acts with the credentials of another: their owner may not know, and
 * whoever answers for the owner may be the thief. https://attack.mitre.org/techniques/T1078/
 */
const withStolenCredentials = ['T1078', 'T1110', 'T1528', 'T1539', 'T1550', 'T1552', 'T1555'];

/** Whether stolen credentials are what the rule is about; `attack` as the rule names it. */
export const supposesTheft = (attack: readonly string[]): boolean =>
  attack.some((id) => withStolenCredentials.includes(id.split('.')[0] ?? ''));
