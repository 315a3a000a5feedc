/**
 * Forms of ARNs that the Service Authorization Reference leaves out though AWS uses them: "region:account:resource", with stars for what
 * differs. Things of AWS itself have no account, or the account `aws`. Source: the AWS-managed policies that are named.
 */
export const moreForms: Readonly<Record<string, readonly string[]>> = {
  // AWSConfigServiceRolePolicy, SecurityAudit.
  apigateway: ['*::/v2/*', '*::/tags', '*::/tags/*'],
  // AWSBackupServiceRolePolicyForBackup.
  backup: ['*:*:recovery-point:*'],
  // AWSCodeStarServiceRole; CloudFormation User Guide, "Control CloudFormation access with AWS Identity and Access Management".
  cloudformation: ['*:aws:transform/*', '*:*:transform/*'],
  // CloudWatchReadOnlyAccess.
  'resource-explorer-2': ['*::view/*'],
  // AWSElasticDisasterRecoveryLaunchActionsPolicy, AWSStorageGatewayFullAccess.
  ssm: ['*::document/*', '*::automation-definition/*', '*::parameter/*'],
  // AWSWAFFullAccess.
  waf: ['*:*:changetoken/*', ':*:changetoken/*'],
  'waf-regional': ['*:*:changetoken/*'],
}

/**
 * How resources begin in AWS-managed policies although AWS documents them otherwise, by service: a warning there, as
 * nothing that AWS itself writes is an error.
 */
export const writtenByAws: Readonly<Record<string, readonly string[]>> = {
  appflow: ['connector-profile/'],
  config: [':'],
  ec2: ['vpc-endpoint:'],
  pricingplanmanager: ['subscription:'],
  quicksight: ['vpcconnection/'],
  sagemaker: ['endpointconfig/'],
  states: ['statemachine:'],
}
