/**
 * AWS's own playbooks, as a runbook to start from until there is one of your own.
 * https://github.com/aws-samples/aws-customer-playbook-framework
 */
const folder = 'https://github.com/aws-samples/aws-customer-playbook-framework/blob/main/docs';

/** Names of pages there. */
type Page =
  | 'Bedrock_Response'
  | 'Compromised_IAM_Credentials'
  | 'Cryptojacking'
  | 'EC2_Forensics'
  | 'EKS_Forensics'
  | 'RDS_Public_Access'
  | 'Ransom_Response_S3'
  | 'S3_Public_Access'
  | 'Unauthorized_Network_Changes';

/** The address of a page. */
export const playbook = (page: Page): string => `${folder}/${page}.md`;
