/** Who is behind the principals of a finding: the identities of the configuration that claim them. Pure. */
import type { Identity } from '../config/config.ts';
import { lastPart } from '../findings/arn.ts';
import type { Finding } from '../findings/finding.ts';
import { principalsOf } from '../findings/scope.ts';

/** `*` stands for any text. In one pass: the text is untrusted, and of any length. */
const fits = (pattern: string, text: string): boolean => {
  const [head = '', ...rest] = pattern.split('*');
  const tail = rest.pop();
  if (tail === undefined) return text === head;
  if (!text.startsWith(head) || !text.endsWith(tail)) return false;
  let from = head.length;
  const end = text.length - tail.length;
  for (const part of rest) {
    const at = text.indexOf(part, from);
    if (at < 0 || at + part.length > end) return false;
    from = at + part.length;
  }
  return from <= end;
};

/** A whole principal, or the name at its end: the session of an assumed role, the user of an ARN. */
export const isNamed = (patterns: readonly string[], principal: string): boolean =>
  patterns.some((pattern) => fits(pattern, principal) || fits(pattern, lastPart(principal)));

/** One principal of a finding, and whoever is behind it. */
export interface Behind {
  readonly principal: string;
  readonly identity: Identity;
}

/** The principals that somebody is behind, each once; several people may be behind one. */
export const peopleBehind = (
  identities: readonly Identity[],
  findings: readonly Finding[],
): readonly Behind[] => {
  const principals = [...new Set(findings.flatMap(principalsOf))];
  return identities.flatMap((identity) => {
    const principal = principals.find((one) => isNamed(identity.aws ?? [], one));
    return principal === undefined ? [] : [{ principal, identity }];
  });
};
