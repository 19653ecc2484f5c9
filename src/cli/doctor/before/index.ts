/** What can be looked at before anything is deployed: the machine, the files, the tools. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parse } from 'yaml';
import { manifestProblems } from '../../../app/manifest.ts';
import { ConfigError } from '../../../config/config-error.ts';
import { loadConfig } from '../../../config/load.ts';
import { broken, type Check, errorWords, fine } from '../check.ts';
import { configGaps } from './config-gaps.ts';

export interface Workplace {
  /** `24.1.0` */
  readonly node: string;
  readonly configFile: string;
  readonly manifestFile: string;
  /** Where `node_modules` is. */
  readonly root: string;
}

const node: Check<Workplace> = {
  id: 'node',
  look: ({ node: version }) => {
    const [major = 0, minor = 0] = version.split('.').map(Number);
    return major > 20 || (major === 20 && minor >= 19)
      ? [fine(`Node ${version}`)]
      : [broken(`Node ${version} is too old`, 'Install Node 20.19 or newer.')];
  },
};

const configuration: Check<Workplace> = {
  id: 'config',
  async look({ configFile }) {
    try {
      const gaps = configGaps(await loadConfig(configFile));
      return gaps.length > 0 ? gaps : [fine(`${configFile} can be used`)];
    } catch (error) {
      if (!(error instanceof ConfigError))
        return [broken(`${configFile}: ${errorWords(error)}`, 'Mend the file: it does not load.')];
      return error.problems.map(({ path, problem, remedy }) =>
        broken(`${path} ${problem}`, remedy),
      );
    }
  },
};

const manifest: Check<Workplace> = {
  id: 'manifest',
  look({ manifestFile }) {
    if (!existsSync(manifestFile))
      return [broken(`${manifestFile} is missing`, 'Take manifest.yml from this release.')];
    const problems = manifestProblems(parse(readFileSync(manifestFile, 'utf8')));
    return problems.length === 0
      ? [fine(`${manifestFile} asks for what the code uses`)]
      : problems.map((problem) =>
          broken(
            `${manifestFile}: ${problem}`,
            'Take manifest.yml from this release, and update the Slack app with it.',
          ),
        );
  },
};

/** The CLI has to be of CDK's own second line: aws/aws-cdk#38113. */
const cdk: Check<Workplace> = {
  id: 'cdk',
  look({ root }) {
    const require = createRequire(join(root, 'package.json'));
    const versionOf = (name: string): string | undefined => {
      try {
        const { version }: { version: string } = require(`${name}/package.json`);
        return version;
      } catch {
        return undefined;
      }
    };
    const [cli, library] = [versionOf('aws-cdk'), versionOf('aws-cdk-lib')];
    if (!cli || !library)
      return [
        broken(
          'aws-cdk or aws-cdk-lib is not installed',
          'Run `npm install` in a clone of Cordon.',
        ),
      ];
    return cli.startsWith('2.')
      ? [fine(`aws-cdk ${cli} with aws-cdk-lib ${library}`)]
      : [
          broken(
            `aws-cdk ${cli} does not read what aws-cdk-lib ${library} writes`,
            'Run `npm install`: package.json names the version that does.',
          ),
        ];
  },
};

export const beforeDeployment: readonly Check<Workplace>[] = [node, configuration, manifest, cdk];
