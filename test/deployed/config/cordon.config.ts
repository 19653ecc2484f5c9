/** Not beside the test: build.mjs puts the configuration in the place of `../../cordon.config.ts`. */

/** The example, with an approver for what needs none by default, so that the story has a vote. */
import { config as example } from '../../../cordon.config.ts';
import { defineConfig } from '../../../src/config/define-config.ts';

export const config = defineConfig({ ...example, tiers: { 'deactivate-access-key': 2 } });
