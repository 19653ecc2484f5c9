/**
 * What an IAM user signs in with beside access keys and password: SSH keys for CodeCommit, credentials
 * of single services (CodeCommit, Bedrock …) and signing certificates. Each has a status.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/security-creds.html
 */
import { settable } from './access-key-status.ts';
import type { Change, Register } from './action.ts';
import type { Aws, Operation } from './aws.ts';
import { allPages } from './iam-reading.ts';

interface Found {
  readonly id: string;
  readonly status: string;
  /** What it is for, where it is for one service. */
  readonly service?: string;
}

interface CredentialKind {
  /** Behind its id in the id of the change. */
  readonly suffix: string;
  readonly word: string;
  readonly list: Operation;
  readonly update: Operation;
  readonly read: (user: string, aws: Aws) => Promise<readonly Found[]>;
  readonly set: (user: string, id: string, status: Status, aws: Aws) => Promise<unknown>;
}

type Status = 'Active' | 'Inactive';

const sshKeys: CredentialKind = {
  suffix: '/ssh-key',
  word: 'SSH key',
  list: 'iam:ListSSHPublicKeys',
  update: 'iam:UpdateSSHPublicKey',
  read: async (UserName, aws) =>
    (await allPages((from) => aws.call('iam:ListSSHPublicKeys', { UserName, ...from }))).flatMap(
      ({ SSHPublicKeys = [] }) =>
        SSHPublicKeys.map(({ SSHPublicKeyId: id = '', Status: status = '' }) => ({ id, status })),
    ),
  set: (UserName, SSHPublicKeyId, Status, aws) =>
    aws.call('iam:UpdateSSHPublicKey', { UserName, SSHPublicKeyId, Status }),
};

const ofServices: CredentialKind = {
  suffix: '/service-credential',
  word: 'Credential',
  list: 'iam:ListServiceSpecificCredentials',
  update: 'iam:UpdateServiceSpecificCredential',
  read: async (UserName, aws) =>
    (
      await allPages((from) =>
        aws.call('iam:ListServiceSpecificCredentials', { UserName, ...from }),
      )
    ).flatMap(({ ServiceSpecificCredentials = [] }) =>
      ServiceSpecificCredentials.map((each) => ({
        id: each.ServiceSpecificCredentialId ?? '',
        status: each.Status ?? '',
        service: each.ServiceName ?? '',
      })),
    ),
  set: (UserName, ServiceSpecificCredentialId, Status, aws) =>
    aws.call('iam:UpdateServiceSpecificCredential', {
      ...{ UserName, ServiceSpecificCredentialId, Status },
    }),
};

const certificates: CredentialKind = {
  suffix: '/signing-certificate',
  word: 'Signing certificate',
  list: 'iam:ListSigningCertificates',
  update: 'iam:UpdateSigningCertificate',
  read: async (UserName, aws) =>
    (
      await allPages((from) => aws.call('iam:ListSigningCertificates', { UserName, ...from }))
    ).flatMap(({ Certificates = [] }) =>
      Certificates.map(({ CertificateId: id = '', Status: status = '' }) => ({ id, status })),
    ),
  set: (UserName, CertificateId, Status, aws) =>
    aws.call('iam:UpdateSigningCertificate', { UserName, CertificateId, Status }),
};

const kinds = [sshKeys, ofServices, certificates] as const;

/** Status changes of all that are there, also of those that are off: this containment holds them too. */
export const credentialChanges = async (user: string, aws: Aws): Promise<readonly Change[]> =>
  (
    await Promise.all(
      kinds.map(async ({ suffix, word, read }) =>
        (
          await read(user, aws)
        ).map(({ id, status, service }) => ({
          id: id + suffix,
          label: `Status of ${word} ${id}${service ? ` for ${service}` : ''}`,
          before: status,
          after: 'Inactive',
        })),
      ),
    )
  ).flat();

/** The register of such a change; undefined for any other change. */
export const credentialRegister = (
  { id }: Pick<Change, 'id'>,
  { account, id: user }: { readonly account: string; readonly id: string },
): Register | undefined => {
  const kind = kinds.find(({ suffix }) => id.endsWith(suffix));
  if (!kind) return undefined;
  const credential = id.slice(0, -kind.suffix.length);
  return {
    id,
    title: `Set the status of ${credential}`,
    resource: `${account}/global/user/${user}`,
    undoable: true,
    harmless: ['deleted'],
    uses: [kind.list, kind.update],
    stage: 'keys',
    read: async (aws) =>
      (await kind.read(user, aws)).find((each) => each.id === credential)?.status ?? 'deleted',
    write: async (value, aws) => {
      await kind.set(user, credential, settable(value, `${kind.word} ${credential}`), aws);
    },
  };
};
