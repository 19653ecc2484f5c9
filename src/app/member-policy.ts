/** The whole IAM policy of a member role: what its actions need; for the read role questions, evidence and the doctor too. */
import { accessReads } from '../access/index.ts';
import type { MemberRole } from '../actions/action.ts';
import { type PolicyDocument, rolePolicy } from '../actions/permissions.ts';
import type { RoleNames } from '../actions/role-names.ts';
import { evidenceReads } from '../evidence/index.ts';
import { selfCheckReads } from '../flows/check-account.ts';
import { organizationReads } from '../organization/reads.ts';
import { postureReads } from '../posture/index.ts';

export const memberPolicy = (role: MemberRole, names?: RoleNames): PolicyDocument =>
  rolePolicy(
    role,
    role === 'read'
      ? [...postureReads, ...accessReads, ...evidenceReads, ...organizationReads, ...selfCheckReads]
      : [],
    names,
  );
