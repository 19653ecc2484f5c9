/**
 * Text that stored cases have in common, given to the compression beforehand (zlib's preset dictionary):
 * a third of a case's item. It belongs to the layout of the items (`caseLayout`): another text is another
 * layout, so nothing is ever changed here. What is likeliest stands last.
 */
export const caseWords: Uint8Array = new TextEncoder().encode(
  [
    '"classification":"true-positive","note":"","benign","false-positive","test","glass":["R"],"over":true,',
    '"past":[{"at":"","kind":"case.acknowledged","case.commented","case.snoozed","because":"a responder took it"}],',
    '"comments":[{"id":"","at":"","by":"U","text":""}],"absorbed":[{"id":"C","had":"U"}],"merged":{"into":"C"},',
    '"snoozed":{"until":"","by":"U","reason":""},"suppression":{"until":"","reason":"","by":"U","request":"R"},',
    '"asked":{"principal":"","answer":{"yes":true}},"lowered":{"from":"HIGH"},"reopened":{"at":"","because":""},',
    '"returned":{"finding":""},"pages":{"critical:C":{"at":"","because":"it is CRITICAL"}},"meets":{},',
    '"acknowledged":{"by":"U","at":""},"firstAcknowledgedAt":"","assignee":"U","assigned":{"to":"U"},',
    '"source":"securityhub-asff","securityhub-ocsf","accessanalyzer","inspector2","macie","config","health","cloudtrail",',
    '"kind":"role-session","role","image","function","cluster","database","security-group","snapshot","volume","account",',
    '"arn:aws:securityhub:us-east-1::subscription/aws-foundational-security-best-practices/v/1.0.0/finding/",',
    '"arn:aws:iam::role/user/","principal":"arn:aws:sts::assumed-role/","domain":"","userAgent":"",',
    '"kind":"access-key","id":"AKIA","user":"","userType":"IAMUser","kind":"bucket","arn:aws:s3:::","kind":"user",',
    '"actions":["deactivate-access-key","contain-user","revoke-role-session","revoke-older-sessions",',
    '"block-public-access","quarantine-bucket","quarantine-account","suppress-finding"],',
    '{"groupKey":"instance//us-east-1/i-0","token":"","openedAt":"202-0T:.000Z","channel":"C0","severity":"CRITICAL",',
    '"decision":{"kind":"card","rule":"","title":"","actions":["isolate-instance","snapshot-volumes","stop-instance",',
    '"suppress-finding"],"atRisk":"","attack":["T1"],"runbook":"https://github.com/aws-samples/',
    'aws-customer-playbook-framework/blob/main/docs/.md","severity":"HIGH","channel":"C0","mention":true,',
    '"groupKey":"instance/","because":""},"lead":"arn:aws:guardduty:eu-west-1::detector//finding/",',
    '"findings":{"arn:aws:guardduty:eu-west-1::detector//finding/":{"finding":{"kind":"finding",',
    '"source":"guardduty","type":":EC2/","title":"","description":"","nativeSeverity":"8","account":"",',
    '"region":"eu-west-1","resources":[{"kind":"instance","id":"i-0","account":"","region":"eu-west-1"},',
    '{"kind":"finding","id":"arn:aws:guardduty:eu-west-1::detector//finding/","account":"",',
    '"region":"eu-west-1","keptBy":"guardduty","keeper":"","key":""}],',
    '"actors":[{"ip":"","country":"","organisation":""}],"facts":[{"label":"Connected to","value":" (, )"},',
    '{"label":"Port","value":"443 (HTTPS) TCP"}],"canonicalId":"arn:aws:guardduty:eu-west-1::detector//finding/",',
    '"fingerprint":"HIGH|active|10^1|202-0T:.000Z","eventId":"","severity":"HIGH","archived":false,"count":1,',
    '"updatedAt":"202-0T:.000Z","firstSeen":"202-0T:.000Z","lastSeen":"202-0T:.000Z","sample":false},',
    '"receivedAt":"202-0T:.000Z","title":"","actions":["isolate-instance","snapshot-volumes","stop-instance",',
    '"suppress-finding"]}},"requests":[],"escalation":{"since":"202-0T:.000Z","next":"202-0T:.000Z","done":[]},',
    '"raised":{"at":"202-0T:.000Z","to":"CRITICAL"}}',
  ].join(''),
);
