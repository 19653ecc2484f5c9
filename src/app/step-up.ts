/**
 * step-up: serves the confirmation page and checks passkeys. It reads requests, writes only passkeys,
 * and tells worker that a ticket was used; it never talks to Slack and assumes no role.
 */
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { CordonConfig } from '../config/config.ts';
import { pageHeaders, pageHtml } from '../flows/step-up/page.ts';
import type { PageAnswer, StepUpPorts } from '../flows/step-up/page-answer.ts';
import type { Deployment } from './deployment.ts';
import { askIssuer } from './issuer.ts';
import type { Outside } from './outside.ts';
import { pagerTopic } from './pager.ts';
import { workQueue } from './queues.ts';
import { authorityTables } from './tables.ts';

/** A registration with its attestation is about 2 kB. */
const mostCharacters = 32_768;

const json = (statusCode: number, body: PageAnswer): APIGatewayProxyStructuredResultV2 => ({
  statusCode,
  headers: { ...pageHeaders, 'content-type': 'application/json; charset=utf-8' },
  body: JSON.stringify(body),
});

const malformed: PageAnswer = {
  kind: 'refused',
  code: 'not-signed',
  because: 'The page sent something that Cordon does not understand.',
  needed: 'Open the link from Slack again.',
};

interface Call {
  readonly token: string;
  readonly answer: unknown;
}

/** Only our own page may ask: browsers let no other site send this content type without asking us. */
const callOf = (event: APIGatewayProxyEventV2, url: string): Call | undefined => {
  const { origin, 'content-type': type } = event.headers ?? {};
  if (origin !== new URL(url).origin || !type?.startsWith('application/json')) return undefined;
  const encoded = event.body ?? '';
  if (encoded.length > mostCharacters) return undefined;
  try {
    const body: unknown = JSON.parse(
      event.isBase64Encoded ? Buffer.from(encoded, 'base64').toString('utf8') : encoded,
    );
    if (typeof body !== 'object' || body === null || !('token' in body)) return undefined;
    const { token } = body;
    const answer = 'answer' in body ? body.answer : undefined;
    return typeof token === 'string' && /^[A-Za-z0-9]{16,40}$/.test(token)
      ? { token, answer }
      : undefined;
  } catch {
    return undefined;
  }
};

const answerCall = async (
  ports: StepUpPorts,
  event: APIGatewayProxyEventV2,
): Promise<APIGatewayProxyStructuredResultV2> => {
  const call = callOf(event, ports.site.url);
  if (!call) return json(400, malformed);
  // The page itself is served without what checks signatures.
  const { begin, finish } = await import('../flows/step-up/answer-page.ts');
  const answer = event.rawPath.endsWith('/finish')
    ? await finish(ports, call.token, call.answer)
    : await begin(ports, call.token);
  return json(answer.kind === 'refused' ? 409 : 200, answer);
};

export const stepUpFunction = (
  deployment: Pick<
    Deployment,
    'region' | 'requestsTable' | 'passkeysTable' | 'workQueue' | 'pagerTopic' | 'stepUpUrl'
  >,
  outside: Outside,
  config: Pick<CordonConfig, 'approval' | 'identities' | 'stepUp'>,
): ((event: APIGatewayProxyEventV2) => Promise<APIGatewayProxyStructuredResultV2>) => {
  const ports: StepUpPorts = {
    chance: outside.chance,
    site: { url: deployment.stepUpUrl },
    config,
    issuer: askIssuer(outside),
    newPasskeyHours: config.approval.newPasskeyHours,
    ...authorityTables(deployment, outside),
    work: workQueue(deployment, outside),
    pager: pagerTopic(deployment, outside),
  };
  return async (event) => {
    const method = event.requestContext?.http?.method;
    if (method === 'GET') return { statusCode: 200, headers: pageHeaders, body: pageHtml };
    if (method !== 'POST') return { statusCode: 405, headers: { allow: 'GET, POST' }, body: '' };
    try {
      return await answerCall(ports, event);
    } catch (error) {
      outside.log('step-up.failed', { error: error instanceof Error ? error.name : 'unknown' });
      return { statusCode: 500, headers: pageHeaders, body: '{}' };
    }
  };
};
