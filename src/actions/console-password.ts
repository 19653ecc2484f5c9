/**
 * The console password of an IAM user (its login profile) as a register. Deleting it cannot be undone:
 * the old password is not known to anybody but its owner. Where there is none, a containment holds
 * that: one that is made meanwhile is deleted again.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteLoginProfile.html
 */
import type { Change, Register } from './action.ts';
import type { Aws } from './aws.ts';
import { unlessMissing } from './iam-reading.ts';

const suffix = '/console-password';

/** `present` says what is there now. */
export const passwordChange = (user: string, present: boolean): Change => ({
  id: user + suffix,
  label: `Console password of ${user}`,
  before: present ? 'present' : 'none',
  after: 'none',
});

const read = async (UserName: string, aws: Aws): Promise<string> =>
  (await unlessMissing(aws.call('iam:GetLoginProfile', { UserName }))) ? 'present' : 'none';

/** The register of such a change; undefined for any other change. */
export const passwordRegister = (
  { id }: Pick<Change, 'id'>,
  { account, id: user }: { readonly account: string; readonly id: string },
): Register | undefined =>
  id === user + suffix
    ? {
        id,
        title: `Delete the console password of ${user}`,
        resource: `${account}/global/user/${user}`,
        undoable: false,
        holds: true,
        uses: ['iam:DeleteLoginProfile', 'iam:GetLoginProfile'],
        stage: 'keys',
        read: (aws) => read(user, aws),
        write: async (value, aws) => {
          if (value !== 'none') throw new Error('A console password cannot be brought back');
          await unlessMissing(aws.call('iam:DeleteLoginProfile', { UserName: user }));
        },
      }
    : undefined;
