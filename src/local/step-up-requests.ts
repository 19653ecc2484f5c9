/** The step-up page on the local server: the request as the deployed function's gateway would hand it on. */
import type { IncomingMessage } from 'node:http';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';

/** Of a browser: what the function looks at, in payload format 2.0. */
export const stepUpEvent = (
  request: Pick<IncomingMessage, 'method' | 'url' | 'headers'>,
  body: string,
  /** Milliseconds since 1970. */
  now: number,
): APIGatewayProxyEventV2 => {
  const path = (request.url ?? '/').split('?')[0] ?? '/';
  const headers = Object.fromEntries(
    Object.entries(request.headers).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value]] : [],
    ),
  );
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: '',
    headers,
    requestContext: {
      accountId: 'anonymous',
      apiId: 'local',
      domainName: 'localhost',
      domainPrefix: 'local',
      http: {
        method: request.method ?? 'GET',
        path,
        protocol: 'HTTP/1.1',
        sourceIp: '127.0.0.1',
        userAgent: 'local',
      },
      requestId: `local-${now}`,
      routeKey: '$default',
      stage: '$default',
      time: new Date(now).toISOString(),
      timeEpoch: now,
    },
    body,
    isBase64Encoded: false,
  };
};
