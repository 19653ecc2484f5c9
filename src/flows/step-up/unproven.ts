/** The executor's own look at the approvals of tier 3: it takes nobody's word for a signature. */
import type { CordonConfig } from '../../config/config.ts';
import type { Request, Vote } from '../../requests/request.ts';
import {
  approvalsToProve,
  confirmChallenge,
  countsFrom,
  identityOf,
  type Proof,
} from '../../requests/step-up.ts';
import type { Passkeys } from '../../store/passkeys.ts';
import type { RequestsTable } from '../../store/requests-table.ts';
import { type Chance, isoNow } from '../ports.ts';
import type { AskIssuer } from './sign-in.ts';
import type { Site } from './webauthn.ts';

export interface ProofPorts {
  readonly chance: Chance;
  readonly config: Pick<CordonConfig, 'approval' | 'identities' | 'stepUp'>;
  readonly requests: Pick<RequestsTable, 'revokedPasskeys'>;
  readonly passkeys: Pick<Passkeys, 'of'>;
  readonly site: Site;
  readonly issuer: AskIssuer;
}

type Given<K extends string> = Extract<Proof, Readonly<Record<K, unknown>>>;

const problemWithSignIn = async (
  ports: ProofPorts,
  request: Request,
  { person, planHash, at }: Vote,
  { idToken, nonce }: Given<'idToken'>,
): Promise<string | undefined> => {
  const { oidc } = ports.config.stepUp;
  // Only tier 3 pays for loading what checks signatures.
  const { checkSignIn } = await import('./sign-in.ts');
  const identity = identityOf(ports.config, person.id);
  if (!oidc || !identity) return 'an approval was confirmed by a sign-in that does not count';
  const when = Date.parse(at);
  if (!(when <= ports.chance.now() + 60_000)) return 'an approval is of the future';
  const checked = await checkSignIn(ports.issuer, oidc, {
    idToken,
    identity,
    at: when,
    challenge: confirmChallenge({ request: request.id, planHash, person: person.id, nonce }),
  });
  return checked.kind === 'signed-in' ? undefined : 'an approval’s sign-in does not hold';
};

const problemWithPasskey = async (
  ports: ProofPorts,
  request: Request,
  { person, planHash }: Vote,
  proof: Given<'assertion'>,
): Promise<string | undefined> => {
  const revoked = await ports.requests.revokedPasskeys(person.id);
  const passkey = (await ports.passkeys.of(person.id)).find(({ id }) => id === proof.assertion.id);
  if (!passkey || revoked.includes(passkey.id))
    return 'an approval was confirmed with a passkey that does not count';
  if (countsFrom(passkey, ports.config.approval.newPasskeyHours) > isoNow(ports.chance))
    return 'an approval was confirmed with a passkey that is too new';
  const challenge = confirmChallenge({
    request: request.id,
    planHash,
    person: person.id,
    nonce: proof.nonce,
  });
  // Only tier 3 pays for loading what checks signatures.
  const { signedBy } = await import('./webauthn.ts');
  // step-up has compared the counter when it was used; here the same signature is checked again.
  const counter = await signedBy(
    ports.site,
    { ...passkey, counter: 0 },
    { assertion: proof.assertion, challenge },
  );
  return counter === undefined ? 'an approval’s passkey signature does not hold' : undefined;
};

const problemWith = async (
  ports: ProofPorts,
  request: Request,
  vote: Vote,
): Promise<string | undefined> => {
  const { proof } = vote;
  if (!proof) return 'an approval was not confirmed with a passkey or a fresh sign-in';
  return 'idToken' in proof
    ? problemWithSignIn(ports, request, vote, proof)
    : problemWithPasskey(ports, request, vote, proof);
};

/** Why the approvals of this request do not count; undefined when each is proven, or none has to be. */
export const unproven = async (
  ports: ProofPorts,
  request: Request,
): Promise<string | undefined> => {
  for (const vote of approvalsToProve(request)) {
    const problem = await problemWith(ports, request, vote);
    if (problem) return `${problem}; request it again`;
  }
  return undefined;
};
