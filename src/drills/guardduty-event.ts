/**
 * A GuardDuty finding as EventBridge delivers it, about what a scenario makes up.
 * https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings_eventbridge.html
 */
import type { Stage } from './scenario.ts';

interface Told {
  readonly type: string;
  /** 1.0 to 10.0. */
  readonly severity: number;
  readonly title: string;
  readonly description: string;
  readonly resource: object;
  readonly action: object;
}

const detector = '12abc34d567e8fa901bc2d34e56789f0';
const minuteMs = 60_000;

export const guardDutyEvent = (stage: Stage, told: Told): object => {
  const { id, account, region, at } = stage;
  const before = (minutes: number): string =>
    new Date(Date.parse(at) - minutes * minuteMs).toISOString();
  const { type, severity, title, description, resource, action } = told;
  return {
    version: '0',
    id: `drill-${id}`,
    'detail-type': 'GuardDuty Finding',
    source: 'aws.guardduty',
    account,
    time: at,
    region,
    resources: [],
    detail: {
      schemaVersion: '2.0',
      accountId: account,
      region,
      partition: 'aws',
      id,
      arn: `arn:aws:guardduty:${region}:${account}:detector/${detector}/finding/${id}`,
      type,
      resource,
      service: {
        serviceName: 'guardduty',
        detectorId: detector,
        resourceRole: 'TARGET',
        action,
        eventFirstSeen: before(12),
        eventLastSeen: before(1),
        archived: false,
        count: 7,
      },
      severity,
      title,
      description,
      createdAt: before(12),
      updatedAt: before(1),
    },
  };
};

/** An address for documentation: https://www.rfc-editor.org/rfc/rfc5737 */
const remoteIpDetails = {
  ipAddressV4: '198.51.100.77',
  country: { countryName: 'Exampleland' },
  city: { cityName: '' },
  organization: { asn: '64500', asnOrg: 'Example VPN', isp: 'Example VPN', org: 'Example VPN' },
  geoLocation: { lat: 0, lon: 0 },
};

export const apiCall = (serviceName: string, api: string): object => ({
  actionType: 'AWS_API_CALL',
  awsApiCallAction: { api, serviceName, callerType: 'Remote IP', remoteIpDetails },
});

export const outboundConnection: object = {
  actionType: 'NETWORK_CONNECTION',
  networkConnectionAction: {
    connectionDirection: 'OUTBOUND',
    protocol: 'TCP',
    blocked: false,
    localPortDetails: { port: 39677, portName: 'Unknown' },
    remotePortDetails: { port: 443, portName: 'HTTPS' },
    remoteIpDetails,
  },
};
