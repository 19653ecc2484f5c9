/** Every command, in the order in which help lists them. A new one is a file and a line here. */
import { audit } from './audit.ts';
import { automation } from './automation.ts';
import { balance } from './balance.ts';
import { can } from './can.ts';
import { oneCase } from './case.ts';
import { cases } from './cases.ts';
import type { Command } from './command.ts';
import { contained } from './contained.ts';
import { digest } from './digest.ts';
import { drill } from './drill.ts';
import { evidence } from './evidence.ts';
import { find } from './find.ts';
import { followups } from './followups.ts';
import { helpOn } from './help.ts';
import { metrics } from './metrics.ts';
import { now } from './now.ts';
import { oncall } from './oncall.ts';
import { passkey } from './passkey.ts';
import { pending } from './pending.ts';
import { posture } from './posture.ts';
import { request } from './request.ts';
import { review } from './review.ts';
import { rules } from './rules.ts';
import { suppressions } from './suppressions.ts';
import { undo } from './undo.ts';
import { who } from './who.ts';
import { whoami } from './whoami.ts';

const answered: readonly Command[] = [
  now,
  cases,
  oneCase,
  evidence,
  find,
  who,
  can,
  request,
  pending,
  contained,
  undo,
  suppressions,
  automation,
  posture,
  rules,
  audit,
  review,
  followups,
  metrics,
  digest,
  drill,
  balance,
  oncall,
  passkey,
  whoami,
];

export const commands: readonly Command[] = [...answered, helpOn(answered)];
