/**
 * Who did what, from `service.action`, `service.runtimeDetails` and the user behind a key.
 * https://docs.aws.amazon.com/guardduty/latest/APIReference/API_Action.html
 */
import { actorsOf, fact } from './actor.ts';
import type { Actor, Fact } from './finding.ts';
import { at, ipAddress, list, text } from './read.ts';

interface Did {
  readonly actors: readonly Actor[];
  readonly facts: readonly Fact[];
}

/** The actors and the facts, the most telling first; a finding without an action has none. */
export const readAction = (detail: unknown): Did => {
  const action = at(detail, 'service', 'action');
  const calls = [at(action, 'awsApiCallAction'), at(action, 'kubernetesApiCallAction')];
  const remotes = [
    ...calls,
    at(action, 'networkConnectionAction'),
    at(action, 'rdsLoginAttemptAction'),
    ...list(at(action, 'portProbeAction', 'portProbeDetails')),
  ];
  const located = remotes.flatMap((remote) => address(at(remote, 'remoteIpDetails')));
  const addresses =
    located.length > 0
      ? located
      : list(at(action, 'kubernetesApiCallAction', 'sourceIPs')).flatMap((ip) =>
          address({ ipAddressV4: ip }),
        );
  const resource = at(detail, 'resource');
  const shared = {
    principal:
      text(at(resource, 'accessKeyDetails', 'userName'), 256) ||
      text(at(resource, 'kubernetesDetails', 'kubernetesUserDetails', 'username'), 256) ||
      text(at(resource, 'rdsDbUserDetails', 'user'), 256),
    userAgent: calls.map((call) => text(at(call, 'userAgent'), 512)).find(Boolean) ?? '',
    domain: text(at(action, 'dnsRequestAction', 'domain'), 256),
  };
  return {
    actors: actorsOf(
      (addresses.length > 0 ? addresses : [{}]).map((found) => ({ ...found, ...shared })),
    ),
    facts: [
      ...networkFacts(action),
      ...callFacts(at(action, 'awsApiCallAction')),
      ...kubernetesFacts(at(action, 'kubernetesApiCallAction')),
      ...remoteFact(at(action, 'rdsLoginAttemptAction')),
      ...processFacts(at(detail, 'service', 'runtimeDetails')),
    ],
  };
};

interface Address {
  readonly ip: string;
  readonly country: string;
  readonly organisation: string;
}

const address = (remote: unknown): readonly Address[] => {
  const ip = ipAddress(at(remote, 'ipAddressV4')) || ipAddress(at(remote, 'ipAddressV6'));
  if (!ip) return [];
  const organisation = at(remote, 'organization');
  return [
    {
      ip,
      country: text(at(remote, 'country', 'countryName'), 128),
      organisation: text(at(organisation, 'org'), 128) || text(at(organisation, 'asnOrg'), 128),
    },
  ];
};

const described = (remote: unknown): string =>
  address(remote)
    .map(({ ip, country, organisation }) => {
      const origin = [country, organisation].filter(Boolean).join(', ');
      return origin ? `${ip} (${origin})` : ip;
    })
    .join('');

const remoteFact = (call: unknown): readonly Fact[] =>
  fact('Remote address', described(at(call, 'remoteIpDetails')));

const networkFacts = (action: unknown): readonly Fact[] => {
  const dns = at(action, 'dnsRequestAction');
  const connection = at(action, 'networkConnectionAction');
  const inbound = text(at(connection, 'connectionDirection')) === 'INBOUND';
  const port = at(connection, inbound ? 'localPortDetails' : 'remotePortDetails');
  const probes = list(at(action, 'portProbeAction', 'portProbeDetails'));
  const probed = new Set(probes.map((probe) => portOf(at(probe, 'localPortDetails'))));
  return [
    ...fact('Domain asked for', text(at(dns, 'domain'), 256)),
    ...fact(
      inbound ? 'Connection from' : 'Connected to',
      described(at(connection, 'remoteIpDetails')),
    ),
    ...fact('Port', portOf(port), text(at(connection, 'protocol'), 16)),
    ...fact('Port', [...probed].filter(Boolean).join(', ')),
    ...remoteFact(probes[0]),
  ];
};

const portOf = (details: unknown): string => {
  const port = text(at(details, 'port'), 16);
  const name = text(at(details, 'portName'), 32);
  return port && name && name !== 'Unknown' ? `${port} (${name})` : port;
};

const callFacts = (call: unknown): readonly Fact[] => {
  const service = text(at(call, 'serviceName'), 128);
  const error = text(at(call, 'errorCode'), 128);
  const api = text(at(call, 'api'), 256);
  return [
    ...fact('API called', api, api && service && `(${service})`, api && error && `– ${error}`),
    ...remoteFact(call),
    ...fact('User agent', text(at(call, 'userAgent'), 512)),
  ];
};

const kubernetesFacts = (call: unknown): readonly Fact[] => [
  ...fact('API called', text(at(call, 'verb'), 32), text(at(call, 'requestUri'), 512)),
  ...remoteFact(call),
  ...fact('User agent', text(at(call, 'userAgent'), 512)),
];

const processFacts = (runtime: unknown): readonly Fact[] => {
  const process = at(runtime, 'process');
  return [
    ...fact(
      'Process',
      text(at(process, 'executablePath'), 512) || text(at(process, 'name'), 256),
      text(at(process, 'pid'), 16) && `(pid ${text(at(process, 'pid'), 16)})`,
    ),
    ...fact('SHA-256', text(at(process, 'executableSha256'), 64)),
  ];
};
