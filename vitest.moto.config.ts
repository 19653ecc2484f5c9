import { defineConfig } from 'vitest/config';
import { motoTests } from './test/moto/find-moto.ts';

export default defineConfig({
  test: {
    include: [...motoTests()],
    globalSetup: 'test/moto/start-moto.ts',
    passWithNoTests: true,
    fileParallelism: false,
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    env: { AWS_EC2_METADATA_DISABLED: 'true' },
    onConsoleLog: (line) => !line.includes('NodeVersionSupportWarning'),
  },
});
