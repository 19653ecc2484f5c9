/** The one operation of the port that only `cordon doctor` needs (src/flows/check-account.ts). Types only. */
import type * as Iam from '@aws-sdk/client-iam';

export interface SelfCheckOperations {
  'iam:SimulatePrincipalPolicy': [
    Iam.SimulatePrincipalPolicyCommandInput,
    Iam.SimulatePrincipalPolicyCommandOutput,
  ];
}
