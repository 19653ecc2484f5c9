/** An example with synthetic ids: the local world and `cordon replay` use it. */
import { defineConfig } from './src/config/define-config.ts';

export const config = defineConfig({
  workspace: 'T0CORDON',
  channel: 'C0SECURITY',
  responders: { groups: ['S0SECRESP'] },
  approvers: { groups: ['S0SECAPPR'] },
  onCall: { groups: ['S0SECRESP'] },
  identities: [{ id: 'ana.ortiz@example.com', slack: ['U0ANA', 'U0ANA2'] }],
  accounts: {
    '123456789012': { name: 'prod-payments', response: true },
    '111122223333': { name: 'dev-sandbox', response: true },
    '444455556666': { name: 'legacy-erp', response: false },
    '999988887777': { name: 'security-tooling', response: true },
  },
  securityAccount: '999988887777',
  homeRegion: 'eu-west-1',
  actOnSamples: false,
  breakGlassRoles: ['break-glass'],
  /** The local world is this issuer itself. */
  stepUp: { oidc: { issuer: 'http://localhost:4747/sign-in', clientId: 'cordon' } },
  automation: {
    accounts: ['111122223333'],
    rules: [
      {
        id: 'isolate-sandbox',
        on: ['control-server', 'crypto-mining'],
        for: { accounts: ['111122223333'], tags: { environment: ['sandbox'] } },
        mode: 'veto',
        action: 'isolate-instance',
      },
    ],
  },
});
