/** The whole IAM policy of a member role: what its actions need; for the read role posture, evidence and the doctor too. */
import type { MemberRole } from '../actions/action.ts';
import { type PolicyDocument, rolePolicy } from '../actions/permissions.ts';
import { evidenceReads } from '../evidence/index.ts';
import { selfCheckReads } from '../flows/check-account.ts';
import { postureReads } from '../posture/index.ts';

export const memberPolicy = (role: MemberRole): PolicyDocument =>
  rolePolicy(role, role === 'read' ? [...postureReads, ...evidenceReads, ...selfCheckReads] : []);
