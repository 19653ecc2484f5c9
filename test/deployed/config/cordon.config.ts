/** Not beside the test: build.mjs puts the configuration in the place of `../../cordon.config.ts`. */

/**
 * The example, with an approver for what needs none by default, so that the story has a vote, and a digest
 * that is due. The clock is the real one: a passkey counts at once.
 */
import { config as example } from '../../../cordon.config.ts';
import { defineConfig } from '../../../src/config/define-config.ts';

export const config = defineConfig({
  ...example,
  tiers: { 'deactivate-access-key': 2, 'capture-volatile-evidence': 3 },
  stepUp: {},
  approval: { ...example.approval, newPasskeyHours: 0 },
  // A digest is made up to twelve hours late: one of these is due at whatever hour this runs.
  digest: { timeZone: 'UTC', at: new Date().getUTCHours() < 12 ? '00:00' : '12:00' },
});
