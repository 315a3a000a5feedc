/**
 * Condition keys that are no service's own: those that begin with `aws:`, and those that services put into requests to other services. A
 * star stands for the key of a tag. Source: IAM User Guide, "AWS global condition context keys", in a copy read on 2026-11-26 which has
 * aws:SignInSessionArn; aws:PrincipalOrgMasterAccountId is in the AWS-managed policy AWSSSOServiceRolePolicy.
 */
export const globalKeys: readonly string[] = [
  ...['aws:PrincipalArn', 'aws:PrincipalAccount', 'aws:PrincipalOrgPaths', 'aws:PrincipalOrgID', 'aws:PrincipalTag/*'],
  ...['aws:PrincipalIsAWSService', 'aws:PrincipalServiceName', 'aws:PrincipalServiceNamesList', 'aws:PrincipalType'],
  ...['aws:PrincipalOrgMasterAccountId', 'aws:userid', 'aws:username'],
  ...['aws:AssumedRoot', 'aws:FederatedProvider', 'aws:TokenIssueTime', 'aws:SignInSessionArn'],
  ...['aws:MultiFactorAuthAge', 'aws:MultiFactorAuthPresent', 'aws:ChatbotSourceArn', 'aws:SourceIdentity'],
  ...['aws:Ec2InstanceSourceVpc', 'aws:Ec2InstanceSourcePrivateIPv4'],
  ...['aws:SourceIp', 'aws:SourceVpc', 'aws:SourceVpcArn', 'aws:SourceVpce', 'aws:VpcSourceIp'],
  ...['aws:VpceAccount', 'aws:VpceOrgID', 'aws:VpceOrgPaths'],
  ...['aws:ResourceAccount', 'aws:ResourceOrgID', 'aws:ResourceOrgPaths', 'aws:ResourceTag/*'],
  ...['aws:CalledVia', 'aws:CalledViaFirst', 'aws:CalledViaLast', 'aws:CalledViaAWSMCP'],
  ...['aws:ViaAWSService', 'aws:ViaAWSMCPService', 'aws:IsMcpServiceAction'],
  ...['aws:CurrentTime', 'aws:EpochTime', 'aws:referer', 'aws:RequestedRegion', 'aws:RequestTag/*', 'aws:TagKeys'],
  ...['aws:SecureTransport', 'aws:SourceAccount', 'aws:SourceArn', 'aws:SourceOrgID', 'aws:SourceOrgPaths'],
  ...[
    'aws:UserAgent',
    'ec2:RoleDelivery',
    'ec2:SourceInstanceArn',
    'glue:RoleAssumedBy',
    'glue:CredentialIssuingService',
  ],
  ...['codebuild:BuildArn', 'codebuild:ProjectArn', 'lambda:SourceFunctionArn', 'ssm:SourceInstanceArn'],
  ...['identitystore:UserId'],
]
