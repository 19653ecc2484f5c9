/**
 * The evidence bucket as an action sees it: the folder of its own request, in which an object is
 * written once and can be read back.
 */
import type { EvidenceFolder } from '../actions/aws.ts';
import type { Vault } from '../audit/ports.ts';
import type { Accounts } from './accounts.ts';

/** `open` is called when the first action keeps or reads something. */
const evidenceFolder = (open: () => Promise<Vault>, requestId: string): EvidenceFolder => {
  const nameOf = (name: string): string => `captures/${requestId}/${name}.json`;
  return {
    nameOf,
    put: async (name, body) => (await open()).put(nameOf(name), body),
    get: async (name) => (await open()).get(nameOf(name)),
  };
};

/** Gives every session the folder of its request. */
export const withEvidence = (accounts: Accounts, open: () => Promise<Vault>): Accounts => {
  let opened: Promise<Vault> | undefined;
  const once = (): Promise<Vault> => {
    opened ??= open();
    return opened;
  };
  return {
    as: async (wish) => ({
      ...(await accounts.as(wish)),
      evidence: evidenceFolder(once, wish.requestId),
    }),
  };
};
