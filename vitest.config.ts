import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['node_modules/**', 'test/moto/**', 'test/browser/**', 'test/deployed/**'],
    testTimeout: 30_000,
    // No test changes a module, so files share them; that halves the time.
    isolate: false,
    maxWorkers: 2,
    env: { AWS_EC2_METADATA_DISABLED: 'true' },
    onConsoleLog: (line) => !line.includes('NodeVersionSupportWarning'),
  },
});
