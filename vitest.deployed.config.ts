import { defineConfig } from 'vitest/config';
import { motoTests } from './test/moto/find-moto.ts';

/** The deployed lane: real bundles against the synthesised template in moto. */
export default defineConfig({
  test: {
    include: motoTests().length > 0 ? ['test/deployed/**/*.test.ts'] : [],
    // One moto for all of them.
    fileParallelism: false,
    globalSetup: 'test/moto/start-moto.ts',
    passWithNoTests: true,
    testTimeout: 240_000,
    hookTimeout: 300_000,
    env: { AWS_EC2_METADATA_DISABLED: 'true' },
    onConsoleLog: (line) => !line.includes('NodeVersionSupportWarning'),
  },
});
