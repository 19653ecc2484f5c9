import { defineConfig } from 'vitest/config';

/** The page in a real browser: `CHROMIUM=path REQUIRE_BROWSER=1 npm run test:browser`. */
export default defineConfig({
  test: {
    include: ['test/browser/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 60_000,
    fileParallelism: false,
    // The usual second is too short for a page on a busy machine.
    expect: { poll: { timeout: 20_000 } },
    env: { AWS_EC2_METADATA_DISABLED: 'true' },
    onConsoleLog: (line) => !line.includes('NodeVersionSupportWarning'),
  },
});
