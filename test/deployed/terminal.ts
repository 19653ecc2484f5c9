/**
 * A terminal of the person who operates it: the real commands, with an AWS whose Lambda calls the built functions, and
 * Slack. Nothing of the commands is replaced; only the SDK's own variables are set.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { vi } from 'vitest';
import type { FunctionName } from '../../src/aws/rights.ts';
import { main } from '../../src/cli/main.ts';
import { closed, listening } from '../moto/loopback.ts';
import type { RunningFunctions } from './functions.ts';
import { forward, pass } from './recorder.ts';

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface Terminal {
  /** Runs `cordon …args`; answers its exit code and what it printed. */
  run(
    args: readonly string[],
    as: Credentials,
  ): Promise<{ readonly code: number; readonly printed: string }>;
  /** Slack answers as if the token had not this scope; nothing is left out when undefined. */
  withoutScope(scope: string | undefined): void;
  close(): Promise<void>;
}

const invocation = /^\/2015-03-31\/functions\/cordon-([\w-]+)\/invocations/;
const configuration = /^\/2015-03-31\/functions\/cordon-[\w-]+\/configuration/;

const invoke = async (
  functions: RunningFunctions,
  name: string,
  { body, response }: { readonly body: Buffer; readonly response: ServerResponse },
): Promise<void> => {
  try {
    const answer = await functions[name as FunctionName].lambda.invoke(JSON.parse(String(body)));
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer ?? null));
  } catch (error) {
    response.writeHead(200, { 'x-amz-function-error': 'Unhandled' });
    response.end(JSON.stringify({ errorMessage: String(error) }));
  }
};

/** moto makes no secret from a template, so it does not know its name either. */
const withSecret = async (answer: Response): Promise<Response> => {
  if (!answer.ok) return answer;
  const found = (await answer.json()) as { Environment?: { Variables?: object } };
  const Variables = { ...found.Environment?.Variables, CORDON_SLACK_SECRET_ID: 'cordon-slack' };
  return Response.json({ ...found, Environment: { Variables } });
};

const door = (
  answer: (request: IncomingMessage, body: Buffer, response: ServerResponse) => unknown,
) => createServer(async (request, response) => answer(request, await buffer(request), response));

export const openTerminal = async ({
  moto,
  slackApiUrl,
  functions,
}: {
  readonly moto: string;
  readonly slackApiUrl: string;
  /** Those that run by now. */
  readonly functions: () => RunningFunctions;
}): Promise<Terminal> => {
  let lacking: string | undefined;
  const aws = door(async (request, body, response) => {
    const [, name] = invocation.exec(request.url ?? '') ?? [];
    if (name) return invoke(functions(), name, { body, response });
    const answer = await forward(moto, request, body);
    return pass(
      configuration.test(request.url ?? '') ? await withSecret(answer) : answer,
      response,
    );
  });
  const slack = door(async (request, body, response) => {
    const answer = await forward(new URL(slackApiUrl).origin, request, body);
    const scopes = answer.headers.get('x-oauth-scopes')?.split(',');
    const headers = new Headers(answer.headers);
    if (scopes) headers.set('x-oauth-scopes', scopes.filter((one) => one !== lacking).join(','));
    return pass(new Response(await answer.text(), { status: answer.status, headers }), response);
  });
  const endpoint = `http://127.0.0.1:${await listening(aws)}`;
  const slackUrl = `http://127.0.0.1:${await listening(slack)}/api/`;
  return {
    async run(args, as) {
      const variables = {
        AWS_ENDPOINT_URL: endpoint,
        AWS_ACCESS_KEY_ID: as.accessKeyId,
        AWS_SECRET_ACCESS_KEY: as.secretAccessKey,
        AWS_SESSION_TOKEN: as.sessionToken ?? '',
        SLACK_API_URL: slackUrl,
      };
      for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
      const printed: string[] = [];
      const out = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
        printed.push(String(text));
        return true;
      });
      try {
        return { code: await main(args), printed: printed.join('') };
      } finally {
        out.mockRestore();
        vi.unstubAllEnvs();
      }
    },
    withoutScope(scope) {
      lacking = scope;
    },
    async close() {
      await closed(aws);
      await closed(slack);
    },
  };
};
