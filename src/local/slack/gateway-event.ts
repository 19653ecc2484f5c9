/** A request as it reaches the web function from an HTTP API or function URL, signed by Slack. */
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { sign } from '../../slack/signature.ts';

export interface SlackRequest {
  /** A form, as Slack sends interactions and commands, or the JSON of an event. */
  readonly body: string;
  readonly contentType?: string;
  readonly signingSecret: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Payload format 2.0 with the body in base64, as function URLs deliver forms. */
export const toGatewayEvent = (request: SlackRequest): APIGatewayProxyEventV2 => {
  const rawBody = Buffer.from(request.body, 'utf8');
  const timestamp = Math.floor(request.now / 1000);
  const path = '/slack/events';
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: '',
    headers: {
      'content-type': request.contentType ?? 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': String(timestamp),
      'x-slack-signature': sign(request.signingSecret, timestamp, rawBody),
    },
    requestContext: {
      accountId: 'anonymous',
      apiId: 'local',
      domainName: '127.0.0.1',
      domainPrefix: 'local',
      http: {
        method: 'POST',
        path,
        protocol: 'HTTP/1.1',
        sourceIp: '127.0.0.1',
        userAgent: 'Slackbot 1.0',
      },
      requestId: `local-${timestamp}`,
      routeKey: '$default',
      stage: '$default',
      time: new Date(request.now).toISOString(),
      timeEpoch: request.now,
    },
    body: rawBody.toString('base64'),
    isBase64Encoded: true,
  };
};
