/**
 * The simulated IAM: SSH keys, credentials of single services and signing certificates of a user.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateSSHPublicKey.html
 */
import type {
  ListServiceSpecificCredentialsCommandInput,
  ListSigningCertificatesCommandInput,
  ListSSHPublicKeysCommandInput,
  StatusType,
  UpdateServiceSpecificCredentialCommandInput,
  UpdateSigningCertificateCommandInput,
  UpdateSSHPublicKeyCommandInput,
} from '@aws-sdk/client-iam';
import { AwsError } from './aws-error.ts';
import { findUser, noSuchEntity } from './iam.ts';
import type { User } from './state.ts';
import type { Call, Handlers } from './world.ts';

const statusOf = ({ others }: User, id: string): StatusType =>
  others?.inactive?.has(id) ? 'Inactive' : 'Active';

const setStatus = (
  user: User,
  {
    id,
    ids,
    status,
  }: { id: string | undefined; ids: readonly string[]; status: string | undefined },
): object => {
  if (!id || !ids.includes(id)) throw noSuchEntity(`credential ${id} of ${user.name}`);
  if (!user.others?.inactive)
    user.others = { ...{ sshKeys: [], forServices: {} }, ...user.others, inactive: new Set() };
  if (status === 'Inactive') user.others.inactive?.add(id);
  else if (status === 'Active') user.others.inactive?.delete(id);
  else throw new AwsError('ValidationError', `Value ${status} at 'status' is not allowed`);
  return {};
};

export const iamCredentialHandlers = {
  ListSSHPublicKeys(input: ListSSHPublicKeysCommandInput, { account }: Call) {
    const user = findUser(account, input.UserName);
    return {
      SSHPublicKeys: (user.others?.sshKeys ?? []).map((SSHPublicKeyId) => ({
        UserName: user.name,
        SSHPublicKeyId,
        Status: statusOf(user, SSHPublicKeyId),
      })),
      IsTruncated: false,
    };
  },

  UpdateSSHPublicKey(input: UpdateSSHPublicKeyCommandInput, { account }: Call) {
    const user = findUser(account, input.UserName);
    const ids = user.others?.sshKeys ?? [];
    return setStatus(user, { id: input.SSHPublicKeyId, ids, status: input.Status });
  },

  ListServiceSpecificCredentials(
    input: ListServiceSpecificCredentialsCommandInput,
    { account }: Call,
  ) {
    const user = findUser(account, input.UserName);
    return {
      ServiceSpecificCredentials: Object.entries(user.others?.forServices ?? {}).map(
        ([ServiceName, ServiceSpecificCredentialId]) => ({
          UserName: user.name,
          ServiceName,
          ServiceSpecificCredentialId,
          Status: statusOf(user, ServiceSpecificCredentialId),
        }),
      ),
      IsTruncated: false,
    };
  },

  UpdateServiceSpecificCredential(
    input: UpdateServiceSpecificCredentialCommandInput,
    { account }: Call,
  ) {
    const user = findUser(account, input.UserName);
    const ids = Object.values(user.others?.forServices ?? {});
    return setStatus(user, { id: input.ServiceSpecificCredentialId, ids, status: input.Status });
  },

  ListSigningCertificates(input: ListSigningCertificatesCommandInput, { account }: Call) {
    const user = findUser(account, input.UserName);
    return {
      Certificates: (user.others?.certificates ?? []).map((CertificateId) => ({
        UserName: user.name,
        CertificateId,
        CertificateBody: '',
        Status: statusOf(user, CertificateId),
      })),
      IsTruncated: false,
    };
  },

  UpdateSigningCertificate(input: UpdateSigningCertificateCommandInput, { account }: Call) {
    const user = findUser(account, input.UserName);
    const ids = user.others?.certificates ?? [];
    return setStatus(user, { id: input.CertificateId, ids, status: input.Status });
  },
} satisfies Handlers;
