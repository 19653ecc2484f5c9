/** `cordon install`: walks somebody from a clone to the first card, and goes on where it was interrupted. */
import { join } from 'node:path';
import { randomId } from '../app/on-lambda.ts';
import type { CordonConfig } from '../config/config.ts';
import { afterDeployment } from './doctor/after/index.ts';
import { awsSite, slackCall } from './doctor/aws-site.ts';
import { inLines, isHealthy, runChecks } from './doctor/run.ts';
import { askFile, askPerson } from './install/ask.ts';
import { awsCloud } from './install/aws-cloud.ts';
import { steps } from './install/index.ts';
import { readKnown, runSteps } from './install/run.ts';
import { StepProblem } from './install/step.ts';

export interface InstallOptions {
  readonly configFile: string;
  readonly manifestFile: string;
  /** A JSON file of answers; a person is asked when absent. */
  readonly answersFile: string | undefined;
  readonly print: (line: string) => void;
}

const folder = '.cordon';
const stateFile = join(folder, 'install.json');

const examine =
  (print: (line: string) => void) =>
  async (config: CordonConfig): Promise<readonly string[]> => {
    const all = await runChecks(afterDeployment, awsSite(config), (checked) =>
      print(inLines(checked)),
    );
    return all.filter((one) => !isHealthy([one])).map(inLines);
  };

/** Answers the exit code: 0 installed, 1 a step could not go on. */
export const install = async (options: InstallOptions): Promise<number> => {
  const { configFile, manifestFile, answersFile, print } = options;
  const ask = answersFile ? askFile(answersFile) : askPerson(print);
  let region = readKnown(stateFile).facts['region'] ?? 'us-east-1';
  try {
    await runSteps(steps, stateFile, {
      ask: async (question) => {
        const answer = await ask(question);
        if (question.id === 'region') region = answer;
        return answer;
      },
      say: print,
      slack: (token) => slackCall(async () => token, process.env['SLACK_API_URL']),
      cloud: awsCloud(() => ({ region })),
      configFile,
      manifestFile,
      folder,
      newId: randomId,
      examine: examine(print),
    });
    print('Installed. When you trust it, docs/install.md says how to switch responses on.');
    return 0;
  } catch (error) {
    if (!(error instanceof StepProblem)) throw error;
    print(
      `\n${error.message}\n→ ${error.remedy}\nThen run the same command again: it goes on here.`,
    );
    return 1;
  }
};
