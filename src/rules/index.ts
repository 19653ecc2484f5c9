/** The rules that Cordon comes with. The first that matches decides, so the particular come first. */
import { attackSequence } from './pack/attack-sequence.ts';
import { attacksOthers } from './pack/attacks-others.ts';
import { badNeighbour } from './pack/bad-neighbour.ts';
import { bucketDataTaken } from './pack/bucket-data-taken.ts';
import { bucketOpened } from './pack/bucket-opened.ts';
import { clusterAbuse } from './pack/cluster-abuse.ts';
import { containerEscape } from './pack/container-escape.ts';
import { controlServer } from './pack/control-server.ts';
import { cryptoMining } from './pack/crypto-mining.ts';
import { databaseLogins } from './pack/database-logins.ts';
import { dnsExfiltration } from './pack/dns-exfiltration.ts';
import { functionCompromised } from './pack/function-compromised.ts';
import { keyUsedByAttacker } from './pack/key-used-by-attacker.ts';
import { loggingTurnedOff } from './pack/logging-turned-off.ts';
import { malwareFound } from './pack/malware-found.ts';
import { passwordGuessing } from './pack/password-guessing.ts';
import { portProbe } from './pack/port-probe.ts';
import { rootUser } from './pack/root-user.ts';
import { runtimeThreat } from './pack/runtime-threat.ts';
import { stolenInstanceCredentials } from './pack/stolen-instance-credentials.ts';
import { unusualApiUse } from './pack/unusual-api-use.ts';
import type { Rule } from './rule.ts';

export const defaultRules: readonly Rule[] = [
  attackSequence,
  rootUser,
  stolenInstanceCredentials,
  keyUsedByAttacker,
  unusualApiUse,
  loggingTurnedOff,
  containerEscape,
  malwareFound,
  functionCompromised,
  cryptoMining,
  dnsExfiltration,
  attacksOthers,
  controlServer,
  badNeighbour,
  passwordGuessing,
  portProbe,
  bucketOpened,
  bucketDataTaken,
  databaseLogins,
  runtimeThreat,
  clusterAbuse,
];
