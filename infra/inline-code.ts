/** The source of a function in infra/inline/ as text for a template: bundled and minified, but for the SDK of the Lambda runtime. */
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

/**
 * CommonJS, because CloudFormation calls the file index.js. The runtime brings every client of the SDK.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-lambda-function-code.html
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html
 */
export const inlineCode = (file: string): string => {
  const { outputFiles } = buildSync({
    entryPoints: [fileURLToPath(new URL(file, import.meta.url))],
    bundle: true,
    minify: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    target: 'node24',
    external: ['@aws-sdk/*'],
    legalComments: 'none',
  });
  return outputFiles[0]?.text.trim() ?? '';
};
