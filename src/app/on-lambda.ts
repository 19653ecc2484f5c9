/** The outside as it is on AWS Lambda. */
import { randomBytes } from 'node:crypto';
import { jsonCall } from './json-call.ts';
import { embedded } from './metrics.ts';
import type { Outside } from './outside.ts';
import { slackFetch } from './slack-fetch.ts';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** 22 letters and digits: 130 random bits. Bytes that would favour some letters are thrown away. */
export const randomId = (): string => {
  let id = '';
  while (id.length < 22)
    for (const byte of randomBytes(32))
      if (byte < 248 && id.length < 22) id += alphabet[byte % alphabet.length];
  return id;
};

/** Lambda sets it anew for each invocation: docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html */
const traceVariable = '_X_AMZN_TRACE_ID';

/** `1-5759e988-bd862e3fe1be46a994272793`, by which X-Ray finds what belongs together over all queues. */
const traceOf = (environment: Readonly<Record<string, string | undefined>>): object => {
  const root = /Root=([\w-]+)/.exec(environment[traceVariable] ?? '')?.[1];
  return root ? { trace: root } : {};
};

/** `write` takes whole lines. */
export const onLambda = (
  environment: Readonly<Record<string, string | undefined>>,
  write: (line: string) => void = (line) => void process.stdout.write(`${line}\n`),
): Outside => ({
  chance: { now: () => Date.now(), id: randomId },
  log: (line, facts = {}) => {
    write(JSON.stringify({ line, ...facts, ...traceOf(environment) }));
  },
  measure: (measures) => {
    write(JSON.stringify(embedded(measures, Date.now())));
  },
  traceHeader: () => environment[traceVariable],
  ownCall: jsonCall(environment),
  slackFetch,
  later: (ms, work) => {
    const timer = setTimeout(work, ms);
    return () => clearTimeout(timer);
  },
  viewPatienceMs: 2500,
  ...(environment['SLACK_API_URL'] ? { slackApiUrl: environment['SLACK_API_URL'] } : {}),
});
