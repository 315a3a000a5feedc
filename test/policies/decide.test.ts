// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of IAM policies look like that
import { describe, expect, it } from 'vitest'
import type { Json } from '../../src/model/json.ts'
import { decide, type Verdict } from '../../src/policies/decide.ts'
import { policiesIn } from './support/short.ts'

/** Policies in short notation, an action, a resource (`-` for each there is), and what AWS decides. */
type Row = readonly [policies: string, action: string, resource: string, verdict: Verdict]

function table(title: string, rows: readonly Row[]) {
  describe(title, () => {
    it.each(rows)('%s: %s on %s is %s', (policies, action, resource, verdict) => {
      const request = resource === '-' ? { action } : { action, resource }
      expect(decide(policiesIn(policies), request).verdict).toBe(verdict)
    })
  })
}

const admin = 'Allow * on *'
const bucket = 'arn:aws:s3:::photos'
const object = 'arn:aws:s3:::photos/cat.jpg'
const instance = 'arn:aws:ec2:eu-west-1:111122223333:instance/i-1'
const role = (name: string) => `arn:aws:iam::111122223333:role/${name}`
const user = 'arn:aws:iam::111122223333:user/ada'

table('IAM User Guide, "Policy evaluation logic": refused by default, a Deny wins', [
  ['', 's3:GetObject', object, 'no'],
  [admin, 's3:GetObject', object, 'yes'],
  [admin, 'brandnew:Anything', '-', 'yes'],
  ['Allow s3:GetObject on *', 's3:GetObject', object, 'yes'],
  ['Allow s3:GetObject on *', 's3:PutObject', object, 'no'],
  ['Allow s3:GetObject on *', 's3:GetObjectAcl', object, 'no'],
  [`${admin} + Deny s3:* on *`, 's3:GetObject', object, 'denied'],
  [`Deny s3:* on * + ${admin}`, 's3:GetObject', object, 'denied'],
  [`${admin} & Deny s3:* on *`, 's3:GetObject', object, 'denied'],
  [`${admin} & Deny s3:* on *`, 'ec2:RunInstances', instance, 'yes'],
  ['Deny s3:* on *', 's3:GetObject', object, 'denied'],
  ['Deny s3:* on *', 'ec2:RunInstances', instance, 'no'],
  [`${admin} & Deny s3:PutObject on *`, 's3:GetObject', object, 'yes'],
  [`${admin} & Deny * on ${bucket}`, 's3:ListBucket', bucket, 'denied'],
  [`${admin} & Deny * on ${bucket}`, 's3:GetObject', object, 'yes'],
  ['Allow s3:GetObject on * & Allow s3:PutObject on *', 's3:PutObject', object, 'yes'],
  ['Allow s3:GetObject on * & Allow s3:GetObject on *', 's3:GetObject', object, 'yes'],
  ['Allow s3:GetObject, s3:GetObject on *, *', 's3:GetObject', object, 'yes'],
  [`Allow s3:GetObject on ${bucket} + Allow s3:PutObject on ${object}`, 's3:GetObject', object, 'no'],
])

table('IAM User Guide, "Permissions boundaries for IAM entities": a limit that grants nothing', [
  [` | ${admin}`, 'iam:CreateUser', user, 'no'],
  ['Allow iam:CreateUser on * | Allow s3:*, cloudwatch:*, ec2:* on *', 'iam:CreateUser', user, 'no'],
  ['Allow s3:GetObject on * | Allow s3:*, cloudwatch:*, ec2:* on *', 's3:GetObject', object, 'yes'],
  ['Allow s3:GetObject on * | Allow s3:*, cloudwatch:*, ec2:* on *', 's3:PutObject', object, 'no'],
  [`${admin} | Allow s3:* on *`, 's3:PutObject', object, 'yes'],
  [`${admin} | Allow s3:* on *`, 'ec2:RunInstances', instance, 'no'],
  [`${admin} | Allow s3:* on ${bucket}`, 's3:GetObject', object, 'no'],
  [`${admin} | Allow s3:* on ${bucket}/*`, 's3:GetObject', object, 'yes'],
  [`${admin} | ${admin} + Deny iam:* on *`, 'iam:CreateUser', user, 'denied'],
  [`${admin} | ${admin} + Deny iam:* on *`, 's3:GetObject', object, 'yes'],
  [`${admin} | Deny iam:* on *`, 's3:GetObject', object, 'no'],
  [`${admin} | Deny iam:* on *`, 'iam:CreateUser', user, 'denied'],
  [`${admin} & Deny s3:* on * | Allow s3:* on *`, 's3:GetObject', object, 'denied'],
  [`${admin} | Allow not iam:* on *`, 'iam:CreateUser', user, 'no'],
  [`${admin} | Allow not iam:* on *`, 's3:GetObject', object, 'yes'],
  [`${admin} | Allow * on * if aws:RequestedRegion`, 'ec2:RunInstances', instance, 'limited'],
  ['Allow s3:* on * if aws:SourceIp | Allow s3:* on *', 's3:GetObject', object, 'limited'],
])

table('IAM User Guide, "IAM JSON policy elements: NotAction"', [
  ['Allow not s3:DeleteBucket on arn:aws:s3:::*', 's3:DeleteBucket', bucket, 'no'],
  ['Allow not s3:DeleteBucket on arn:aws:s3:::*', 's3:GetObject', object, 'yes'],
  ['Allow not s3:DeleteBucket on arn:aws:s3:::*', 'ec2:RunInstances', instance, 'no'],
  ['Allow not iam:* on *', 'iam:CreateUser', user, 'no'],
  ['Allow not iam:* on *', 'organizations:LeaveOrganization', '-', 'yes'],
  ['Allow not iam:* on *', 'IAM:createuser', user, 'no'],
  ['Allow not iam:* on * + Allow iam:PassRole on *', 'iam:PassRole', role('app'), 'yes'],
  ['Allow not iam:*, organizations:*, account:* on *', 'account:CloseAccount', '-', 'no'],
  // Two exceptions are two Allows: each gives what the other leaves out.
  ['Allow not iam:* on * + Allow not s3:* on *', 'iam:CreateUser', user, 'yes'],
  ['Allow not iam:* on * + Allow not s3:* on *', 's3:GetObject', object, 'yes'],
  ['Allow not iam:* on *', '*', '-', 'limited'],
  ['Allow not iam:* on *', 'iam:*', '-', 'no'],
  ['Allow not iam:Get* on *', 'iam:*', '-', 'limited'],
  ['Allow not * on *', 's3:GetObject', object, 'no'],
  // A Deny with NotAction lets through what it names only where something else allows that.
  ['Deny not s3:GetObject on *', 's3:GetObject', object, 'no'],
  ['Deny not s3:GetObject on *', 's3:PutObject', object, 'denied'],
  [`${admin} & Deny not s3:GetObject on *`, 's3:PutObject', object, 'denied'],
  [`${admin} & Deny not s3:GetObject on *`, 's3:GetObject', object, 'yes'],
  [`${admin} & Deny not s3:* on *`, 's3:*', '-', 'yes'],
])

const mfaSetUp = 'iam:EnableMFADevice, iam:ListMFADevices, iam:GetUser, sts:GetSessionToken'
const global = 'cloudfront:*, iam:*, route53:*, support:*'

table('IAM User Guide, example policies: MFA and Region by a Deny with NotAction and a condition', [
  [`${admin} & Deny not ${mfaSetUp} on * if aws:MultiFactorAuthPresent`, 'ec2:RunInstances', instance, 'limited'],
  [`${admin} & Deny not ${mfaSetUp} on * if aws:MultiFactorAuthPresent`, 'iam:EnableMFADevice', user, 'yes'],
  [`${admin} & Deny not ${mfaSetUp} on * if aws:MultiFactorAuthPresent`, 'iam:DeactivateMFADevice', user, 'limited'],
  [`${admin} & Deny not ${global} on * if aws:RequestedRegion`, 'ec2:RunInstances', instance, 'limited'],
  [`${admin} & Deny not ${global} on * if aws:RequestedRegion`, 'iam:CreateUser', user, 'yes'],
  [`Allow s3:* on * & Deny not ${global} on * if aws:RequestedRegion`, 'iam:CreateUser', user, 'no'],
  [`Allow s3:* on * & Deny not ${global} on * if aws:RequestedRegion`, 'ec2:RunInstances', instance, 'no'],
])

table('IAM User Guide, "IAM JSON policy elements: NotResource"', [
  [`${admin} & Deny s3:* on not ${bucket}, ${bucket}/*`, 's3:GetObject', object, 'yes'],
  [`${admin} & Deny s3:* on not ${bucket}, ${bucket}/*`, 's3:ListBucket', bucket, 'yes'],
  [`${admin} & Deny s3:* on not ${bucket}, ${bucket}/*`, 's3:GetObject', 'arn:aws:s3:::payroll/x', 'denied'],
  [`${admin} & Deny s3:* on not ${bucket}, ${bucket}/*`, 'ec2:RunInstances', instance, 'yes'],
  // Naming the bucket alone forbids its objects.
  [`${admin} & Deny s3:* on not ${bucket}`, 's3:GetObject', object, 'denied'],
  [`${admin} & Deny s3:* on not ${bucket}/*`, 's3:ListBucket', bucket, 'denied'],
  // With all actions it reaches far beyond S3.
  [`${admin} & Deny * on not ${bucket}, ${bucket}/*`, 'iam:CreateUser', user, 'denied'],
  [`Allow s3:* on not ${bucket}, ${bucket}/*`, 's3:GetObject', object, 'no'],
  [`Allow s3:* on not ${bucket}, ${bucket}/*`, 's3:GetObject', 'arn:aws:s3:::payroll/x', 'yes'],
  [`Allow s3:* on not ${bucket}`, 's3:GetObject', object, 'yes'],
  [`Allow * on not ${bucket}`, 'iam:CreateUser', user, 'yes'],
  [`Allow s3:* on not ${bucket}`, 's3:GetObject', '-', 'limited'],
  [`Allow s3:* on not ${bucket}/*`, 's3:GetObject', 'arn:aws:s3:::*', 'limited'],
  ['Allow s3:* on not *', 's3:GetObject', object, 'no'],
  [`Allow not s3:Delete* on not ${bucket}/*`, 's3:DeleteObject', 'arn:aws:s3:::payroll/x', 'no'],
  [`Allow not s3:Delete* on not ${bucket}/*`, 's3:GetObject', 'arn:aws:s3:::payroll/x', 'yes'],
  [`Allow not s3:Delete* on not ${bucket}/*`, 's3:GetObject', object, 'no'],
])

table('IAM User Guide, "IAM JSON policy elements: Action": case does not matter, wildcards anywhere', [
  ['Allow S3:getobject on *', 's3:GetObject', object, 'yes'],
  ['Allow s3:GetObject on *', 'S3:GETOBJECT', object, 'yes'],
  ['Allow s3:* on *', 's3:GetObject', object, 'yes'],
  ['Allow s3:* on *', 's3-object-lambda:GetObject', '-', 'no'],
  ['Allow s3:* on *', 's3express:CreateSession', '-', 'no'],
  ['Allow iam:*AccessKey* on *', 'iam:CreateAccessKey', user, 'yes'],
  ['Allow iam:*AccessKey* on *', 'iam:GetAccessKeyLastUsed', user, 'yes'],
  ['Allow iam:*AccessKey* on *', 'iam:CreateUser', user, 'no'],
  ['Allow ec2:Describe* on *', 'ec2:DescribeInstances', '-', 'yes'],
  ['Allow ec2:Describe* on *', 'ec2:Describe', '-', 'yes'],
  ['Allow s3:?etObject on *', 's3:GetObject', object, 'yes'],
  ['Allow s3:GetObject? on *', 's3:GetObject', object, 'no'],
  ['Allow s3:Get*Acl on *', 's3:GetObjectAcl', object, 'yes'],
  ['Allow s3:Get*Acl on *', 's3:GetObject', object, 'no'],
  ['Allow s3:* on *', 's3:*', '-', 'yes'],
  ['Allow s3:* on *', 's3:Get*', '-', 'yes'],
  ['Allow s3:Get* on *', 's3:*', '-', 'limited'],
  ['Allow s3:Get* on *', 's3:*Acl', '-', 'limited'],
  ['Allow s3:Get* on *', 's3:Put*', '-', 'no'],
  ['Allow s3:* on *', '*', '-', 'limited'],
  [admin, '*', '-', 'yes'],
  [admin, '*:*', '-', 'yes'],
  [`${admin} & Deny s3:DeleteBucket on *`, 's3:*', '-', 'limited'],
  [`${admin} & Deny s3:* on *`, 's3:Delete*', '-', 'denied'],
  // Each statement alone is too narrow for the question; that both together would do is not worked out.
  ['Allow s3:Get* on * + Allow s3:List* on *', 's3:*', '-', 'limited'],
])

table('IAM User Guide, "IAM JSON policy elements: Resource": buckets and objects, case, paths', [
  [`Allow s3:* on ${bucket}`, 's3:ListBucket', bucket, 'yes'],
  [`Allow s3:* on ${bucket}`, 's3:GetObject', object, 'no'],
  [`Allow s3:* on ${bucket}/*`, 's3:GetObject', object, 'yes'],
  [`Allow s3:* on ${bucket}/*`, 's3:ListBucket', bucket, 'no'],
  [`Allow s3:* on ${bucket}*`, 's3:GetObject', 'arn:aws:s3:::photos-private/x', 'yes'],
  [`Allow s3:* on ${bucket}/*`, 's3:GetObject', 'arn:aws:s3:::photos-private/x', 'no'],
  [`Allow s3:* on ${bucket}/*`, 's3:GetObject', `${bucket}/a/b/c`, 'yes'],
  [`Allow s3:* on ${bucket}/*`, 's3:GetObject', `${bucket}/a:b`, 'yes'],
  [`Allow s3:* on ${bucket}/*`, 's3:GetObject', `${bucket}/`, 'yes'],
  ['Allow s3:* on arn:aws:s3:::Photos/*', 's3:GetObject', object, 'no'],
  ['Allow iam:GetUser on arn:aws:iam::111122223333:user/Ada', 'iam:GetUser', user, 'no'],
  ['Allow s3:* on arn:aws:s3:::b/*/test/*', 's3:GetObject', 'arn:aws:s3:::b/1/test/object.jpg', 'yes'],
  ['Allow s3:* on arn:aws:s3:::b/*/test/*', 's3:GetObject', 'arn:aws:s3:::b/1/2/test/3/object.jpg', 'yes'],
  ['Allow s3:* on arn:aws:s3:::b/*/test/*', 's3:GetObject', 'arn:aws:s3:::b//test/object.jpg', 'yes'],
  ['Allow s3:* on arn:aws:s3:::b/*/test/*', 's3:GetObject', 'arn:aws:s3:::b/1/test/', 'yes'],
  ['Allow s3:* on arn:aws:s3:::b/*/test/*', 's3:GetObject', 'arn:aws:s3:::b/1-test/object.jpg', 'no'],
  ['Allow s3:* on arn:aws:s3:::b/*/test/*', 's3:GetObject', 'arn:aws:s3:::b/test/object.jpg', 'no'],
  ['Allow s3:* on arn:aws:s3:::b/*/test/*', 's3:GetObject', 'arn:aws:s3:::b/1/test.jpg', 'no'],
  ['Allow s3:* on arn:aws:s3:::log-?', 's3:ListBucket', 'arn:aws:s3:::log-1', 'yes'],
  ['Allow s3:* on arn:aws:s3:::log-?', 's3:ListBucket', 'arn:aws:s3:::log-12', 'no'],
  ['Allow s3:* on arn:aws:s3:::log-?', 's3:ListBucket', 'arn:aws:s3:::log-', 'no'],
  ['Allow s3:* on arn:aws:s3:::*', 's3:GetObject', object, 'yes'],
  ['Allow s3:* on arn:aws:s3:::*', 's3:GetObject', '-', 'limited'],
  ['Allow s3:* on arn:aws-cn:s3:::*', 's3:GetObject', object, 'no'],
  ['Allow s3:* on arn:*:s3:::*', 's3:GetObject', object, 'yes'],
  ['Allow s3:GetObject on *', 's3:GetObject', 'arn:aws:s3:::*', 'yes'],
  [`Allow s3:GetObject on ${bucket}/public/*`, 's3:GetObject', `${bucket}/*`, 'limited'],
  [`Allow s3:GetObject on ${bucket}/*`, 's3:GetObject', `${bucket}/public/*`, 'yes'],
  [`Allow s3:* on * & Deny s3:* on ${bucket}/secret/*`, 's3:GetObject', `${bucket}/*`, 'limited'],
  [`Allow s3:* on * & Deny s3:* on ${bucket}/secret/*`, 's3:GetObject', `${bucket}/public/*`, 'yes'],
  [`Allow s3:* on * & Deny s3:* on ${bucket}/*`, 's3:GetObject', `${bucket}/secret/*`, 'denied'],
])

table('IAM User Guide, "IAM JSON policy elements: Resource": accounts, Regions, and stars that go beyond a colon', [
  ['Allow ec2:* on arn:aws:ec2:*:*:instance/*', 'ec2:StopInstances', instance, 'yes'],
  ['Allow ec2:* on arn:aws:ec2:us-east-1:*:instance/*', 'ec2:StopInstances', instance, 'no'],
  ['Allow ec2:* on arn:aws:ec2:eu-*:*:instance/*', 'ec2:StopInstances', instance, 'yes'],
  ['Allow ec2:* on arn:aws:ec2:*', 'ec2:StopInstances', instance, 'yes'],
  ['Allow ec2:* on arn:aws:ec2:*:444455556666:*', 'ec2:StopInstances', instance, 'no'],
  ['Allow ec2:* on arn:aws:ec2:*::image/*', 'ec2:RunInstances', 'arn:aws:ec2:eu-west-1::image/ami-1', 'yes'],
  ['Allow ec2:* on arn:aws:ec2:*::image/*', 'ec2:RunInstances', instance, 'no'],
  [
    'Allow logs:* on arn:aws:logs:*:*:log-group:/app/*',
    'logs:PutLogEvents',
    'arn:aws:logs:eu-west-1:1:log-group:/app/x:log-stream:y',
    'yes',
  ],
  [
    'Allow logs:* on arn:aws:logs:*:*:log-group:/app',
    'logs:PutLogEvents',
    'arn:aws:logs:eu-west-1:1:log-group:/app:log-stream:y',
    'no',
  ],
  [
    'Allow logs:* on arn:aws:logs:*:*:log-group:/app:*',
    'logs:PutLogEvents',
    'arn:aws:logs:eu-west-1:1:log-group:/app:log-stream:y',
    'yes',
  ],
  ['Allow * on arn:*:*:*:*:*', 's3:GetObject', object, 'yes'],
  // A star inside a segment stays there, says the guide, and the services do not all agree: neither yes nor no.
  ['Allow s3:* on arn:aws:s3:::*.jpg', 's3:GetObject', `${bucket}/a:b.jpg`, 'limited'],
  ['Allow s3:* on arn:aws:s3:::*.jpg', 's3:GetObject', object, 'yes'],
  ['Allow sns:* on arn:aws:sns:*a', 'sns:Publish', 'arn:aws:sns:eu-west-1:1:a', 'limited'],
  [`${admin} & Deny sns:* on arn:aws:sns:*a`, 'sns:Publish', 'arn:aws:sns:eu-west-1:1:a', 'limited'],
  ['Allow sns:* on arn:aws:sns:?:1:a', 'sns:Publish', 'arn:aws:sns:::1:a', 'limited'],
])

table('Service Authorization Reference and public questions: roles to pass, secrets, tables, keys', [
  ['Allow iam:PassRole on arn:aws:iam::*:role/app-*', 'iam:PassRole', role('app-web'), 'yes'],
  ['Allow iam:PassRole on arn:aws:iam::*:role/app-*', 'iam:PassRole', role('admin'), 'no'],
  ['Allow iam:PassRole on arn:aws:iam::*:role/app-*', 'iam:PassRole', role('team/app-web'), 'no'],
  ['Allow iam:PassRole on arn:aws:iam::*:role/*app-*', 'iam:PassRole', role('team/app-web'), 'yes'],
  ['Allow iam:PassRole on arn:aws:iam::*:role/app-*', 'iam:PassRole', '-', 'limited'],
  ['Allow iam:PassRole on * if iam:PassedToService', 'iam:PassRole', role('admin'), 'limited'],
  [`${admin} & Deny iam:PassRole on ${role('admin')}`, 'iam:PassRole', role('admin'), 'denied'],
  [`${admin} & Deny iam:PassRole on ${role('admin')}`, 'iam:PassRole', role('admin2'), 'yes'],
  [`${admin} & Deny iam:PassRole on ${role('admin')}`, 'iam:PassRole', '-', 'limited'],
  ['Allow ec2:RunInstances on *', 'iam:PassRole', role('app'), 'no'],
  [
    'Allow secretsmanager:* on arn:aws:secretsmanager:*:*:secret:db',
    'secretsmanager:GetSecretValue',
    'arn:aws:secretsmanager:eu-west-1:1:secret:db-AbCdEf',
    'no',
  ],
  [
    'Allow secretsmanager:* on arn:aws:secretsmanager:*:*:secret:db-??????',
    'secretsmanager:GetSecretValue',
    'arn:aws:secretsmanager:eu-west-1:1:secret:db-AbCdEf',
    'yes',
  ],
  [
    'Allow secretsmanager:* on arn:aws:secretsmanager:*:*:secret:db-??????',
    'secretsmanager:GetSecretValue',
    'arn:aws:secretsmanager:eu-west-1:1:secret:db-prod-AbCdEf',
    'no',
  ],
  [
    'Allow dynamodb:* on arn:aws:dynamodb:*:*:table/T',
    'dynamodb:Query',
    'arn:aws:dynamodb:eu-west-1:1:table/T/index/I',
    'no',
  ],
  [
    'Allow dynamodb:* on arn:aws:dynamodb:*:*:table/T*',
    'dynamodb:Query',
    'arn:aws:dynamodb:eu-west-1:1:table/T/index/I',
    'yes',
  ],
  ['Allow kms:Decrypt on arn:aws:kms:*:*:alias/app', 'kms:Decrypt', 'arn:aws:kms:eu-west-1:1:key/1234', 'no'],
  [
    'Allow lambda:* on arn:aws:lambda:*:*:function:f',
    'lambda:InvokeFunction',
    'arn:aws:lambda:eu-west-1:1:function:f:live',
    'no',
  ],
  ['Allow sts:AssumeRole on arn:aws:iam::*:role/Deploy', 'sts:AssumeRole', role('Deploy'), 'yes'],
  [
    'Allow sts:AssumeRole on arn:aws:iam::*:role/Deploy',
    'sts:AssumeRole',
    role('aws-reserved/sso.amazonaws.com/Deploy'),
    'no',
  ],
  // An action that takes no resource is asked about without one: an ARN is never what it runs on.
  ['Allow ec2:DescribeInstances on *', 'ec2:DescribeInstances', '-', 'yes'],
  ['Allow s3:ListAllMyBuckets on *', 's3:ListAllMyBuckets', '-', 'yes'],
])

table('AWS STS API Reference, "GetCallerIdentity": no permissions are required, and no Deny takes it away', [
  ['', 'sts:GetCallerIdentity', '-', 'yes'],
  ['Deny * on *', 'sts:GetCallerIdentity', '-', 'yes'],
  [`${admin} | Allow s3:* on *`, 'STS:getcalleridentity', '-', 'yes'],
  ['?', 'sts:GetCallerIdentity', '-', 'yes'],
  ['Deny * on *', 'sts:GetSessionToken', '-', 'denied'],
])

table('IAM User Guide, "IAM JSON policy elements: Condition": what decides is in the request', [
  ['Allow s3:* on * if aws:SourceIp', 's3:GetObject', object, 'limited'],
  ['Allow s3:* on * if aws:SourceIp + Allow s3:GetObject on *', 's3:GetObject', object, 'yes'],
  ['Allow s3:* on * if aws:SourceIp + Allow s3:GetObject on *', 's3:PutObject', object, 'limited'],
  ['Allow s3:* on * & Deny s3:* on * if aws:SecureTransport', 's3:GetObject', object, 'limited'],
  ['Deny s3:* on * if aws:SecureTransport', 's3:GetObject', object, 'no'],
  ['Allow s3:* on * if aws:SourceIp & Deny s3:* on *', 's3:GetObject', object, 'denied'],
  ['Allow s3:* on * & Deny s3:* on * if aws:SourceIp + Deny s3:PutObject on *', 's3:PutObject', object, 'denied'],
  ['Allow s3:* on * & Deny s3:* on * if aws:SourceIp + Deny s3:PutObject on *', 's3:GetObject', object, 'limited'],
  [`Allow * on not ${bucket} if aws:SourceIp`, 's3:ListBucket', bucket, 'no'],
  [`${admin} & Deny not s3:* on not ${bucket} if aws:SourceIp`, 's3:ListBucket', bucket, 'yes'],
])

table('IAM User Guide, "IAM policy elements: Variables and tags" and "Version"', [
  ['Allow s3:* on arn:aws:s3:::home/${aws:username}/*', 's3:GetObject', 'arn:aws:s3:::home/ada/x', 'limited'],
  ['Allow s3:* on arn:aws:s3:::home/${aws:username}/*', 's3:GetObject', 'arn:aws:s3:::other/ada/x', 'no'],
  ['Allow s3:* on arn:aws:s3:::home/${aws:username}/*', 's3:GetObject', 'arn:aws:s3:::home/ada', 'no'],
  [
    'Allow s3:* on arn:aws:s3:::home/public/*, arn:aws:s3:::home/${aws:username}/*',
    's3:GetObject',
    'arn:aws:s3:::home/public/x',
    'yes',
  ],
  [
    `${admin} & Deny s3:* on not arn:aws:s3:::home/\${aws:username}/*`,
    's3:GetObject',
    'arn:aws:s3:::home/ada/x',
    'limited',
  ],
  // A variable without a value matches no resource, in NotResource too.
  [`${admin} & Deny s3:* on not arn:aws:s3:::home/\${aws:username}/*`, 's3:GetObject', object, 'denied'],
  ["Allow s3:* on arn:aws:s3:::b-${aws:PrincipalTag/team, 'all'}", 's3:ListBucket', 'arn:aws:s3:::b-all', 'limited'],
  ['Allow s3:* on arn:aws:s3:::home/${*}', 's3:GetObject', 'arn:aws:s3:::home/x/y', 'limited'],
  ['Allow s3:* on arn:aws:s3:::home/${*}', 's3:GetObject', 'arn:aws:s3:::away/x', 'no'],
  ['2008: Allow s3:* on arn:aws:s3:::home/${aws:username}/*', 's3:GetObject', 'arn:aws:s3:::home/ada/x', 'no'],
  ['2008: Allow s3:* on arn:aws:s3:::home/*', 's3:GetObject', 'arn:aws:s3:::home/ada/x', 'yes'],
  [
    `${admin} & 2008: Deny s3:* on arn:aws:s3:::home/\${aws:username}/*`,
    's3:GetObject',
    'arn:aws:s3:::home/ada/x',
    'yes',
  ],
  ['Allow s3:* on arn:aws:s3:::home/${aws:username', 's3:GetObject', 'arn:aws:s3:::home/ada', 'no'],
])

table('characters beyond ASCII in names of objects: compared as they are written', [
  ['Allow s3:* on arn:aws:s3:::b/Ä*', 's3:GetObject', 'arn:aws:s3:::b/Äpfel', 'yes'],
  ['Allow s3:* on arn:aws:s3:::b/Ä*', 's3:GetObject', 'arn:aws:s3:::b/äpfel', 'no'],
  ['Allow s3:* on arn:aws:s3:::b/\u00e9', 's3:GetObject', 'arn:aws:s3:::b/e\u0301', 'no'],
  ['Allow s3:* on arn:aws:s3:::b/*😀', 's3:GetObject', 'arn:aws:s3:::b/x😀', 'yes'],
  // Whether one of them is one character or two is written nowhere.
  ['Allow s3:* on arn:aws:s3:::b/?', 's3:GetObject', 'arn:aws:s3:::b/😀', 'limited'],
  ['Allow s3:* on arn:aws:s3:::b/??', 's3:GetObject', 'arn:aws:s3:::b/😀', 'limited'],
  ['Allow s3:* on arn:aws:s3:::b/?*x', 's3:GetObject', 'arn:aws:s3:::b/😀*', 'limited'],
])

table('policies whose text is not known', [
  ['?', 's3:GetObject', object, 'unknown'],
  [`${admin} & ?`, 's3:GetObject', object, 'unknown'],
  ['Deny s3:* on * & ?', 's3:GetObject', object, 'denied'],
  [`${admin} | ?`, 's3:GetObject', object, 'unknown'],
  ['Allow ec2:* on * | ?', 's3:GetObject', object, 'no'],
  ['? | Allow ec2:* on *', 's3:GetObject', object, 'no'],
  ['? | ?', 's3:GetObject', object, 'unknown'],
  [' | ?', 's3:GetObject', object, 'no'],
])

const whole = { Effect: 'Allow', Action: '*', Resource: '*' }
const { Effect, Action, Resource } = whole

/** Documents as they are, for one question: s3:GetObject. Sources: "Grammar of the IAM JSON policy language", "Access Analyzer policy check reference". */
const documents: readonly (readonly [title: string, document: Json, verdict: Verdict])[] = [
  ['a statement without a list', { Statement: whole }, 'yes'],
  ['lists of one', { Statement: [{ Effect, Action: ['*'], Resource: ['*'] }] }, 'yes'],
  ['a Sid', { Version: '2012-10-17', Statement: [{ Sid: 'All', ...whole }] }, 'yes'],
  ['an Id', { Version: '2012-10-17', Id: 'x', Statement: [whole] }, 'yes'],
  ['no statements', { Version: '2012-10-17', Statement: [] }, 'no'],
  ['an empty list of actions does nothing', { Statement: [{ ...whole, Action: [] }] }, 'no'],
  ['an empty list of resources does nothing', { Statement: [{ ...whole, Resource: [] }] }, 'no'],
  [
    'an empty list of exceptions may be all or nothing',
    { Statement: [{ Effect, NotAction: [], Resource }] },
    'unknown',
  ],
  ['an empty list of excepted resources', { Statement: [{ Effect, Action, NotResource: [] }] }, 'unknown'],
  ['an empty condition demands nothing', { Statement: [{ ...whole, Condition: {} }] }, 'yes'],
  ['an empty condition of a Deny', { Statement: [whole, { ...whole, Effect: 'Deny', Condition: {} }] }, 'denied'],
  ['null for a condition', { Statement: [{ ...whole, Condition: null }] }, 'unknown'],
  ['an operator without a key', { Statement: [{ ...whole, Condition: { StringEquals: {} } }] }, 'unknown'],
  [
    'a key without a value',
    { Statement: [{ ...whole, Condition: { StringEquals: { 'aws:SourceIp': [] } } }] },
    'limited',
  ],
  ['no Statement', { Version: '2012-10-17' }, 'unknown'],
  ['a text for a document', 'Allow everything', 'unknown'],
  ['null for a document', null, 'unknown'],
  ['a list for a document', [whole], 'unknown'],
  ['a text for a statement', { Statement: ['Allow everything'] }, 'unknown'],
  ['Effect in lower case', { Statement: [{ ...whole, Effect: 'allow' }] }, 'unknown'],
  ['no Effect', { Statement: [{ Action, Resource }] }, 'unknown'],
  ['neither Action nor NotAction', { Statement: [{ Effect, Resource }] }, 'unknown'],
  ['Action and NotAction', { Statement: [{ ...whole, NotAction: 'iam:*' }] }, 'unknown'],
  ['neither Resource nor NotResource', { Statement: [{ Effect, Action }] }, 'unknown'],
  ['Resource and NotResource', { Statement: [{ ...whole, NotResource: 'arn:aws:s3:::x' }] }, 'unknown'],
  ['a number for an action', { Statement: [{ ...whole, Action: [1, '*'] }] }, 'unknown'],
  ['a condition in lower case', { Statement: [{ ...whole, condition: { Bool: { 'aws:x': 'true' } } }] }, 'unknown'],
  ['a list for a condition', { Statement: [{ ...whole, Condition: [{ Bool: { 'aws:x': 'true' } }] }] }, 'unknown'],
  ['a Principal, which no policy of a role has', { Statement: [{ ...whole, Principal: '*' }] }, 'unknown'],
  ['a version that does not exist', { Version: '2021-01-01', Statement: [whole] }, 'unknown'],
  ['an element that does not exist', { Version: '2012-10-17', Statement: [whole], Deny: [] }, 'unknown'],
  ['a Deny beside what is not understood', { Statement: [{ ...whole, Effect: 'Deny' }, 'x'] }, 'denied'],
  ['an Allow beside what is not understood', { Statement: [whole, 'x'] }, 'unknown'],
  ['the same statement twice', { Statement: [whole, whole] }, 'yes'],
]

it.each(documents)('what a document says, by the grammar: %s: %j is %s', (_title, document, verdict) => {
  const identity = [{ name: 'policy', document }]
  expect(decide({ identity }, { action: 's3:GetObject', resource: object }).verdict).toBe(verdict)
})

it('tells which statements decide, of which policy, and which policies are not known', () => {
  const { allows, denies, within, unread } = decide(
    policiesIn('Allow s3:* on * if aws:SourceIp & Allow s3:GetObject on * & ? | Allow s3:* on * + Deny s3:Put* on *'),
    { action: 's3:*' },
  )
  expect(allows.map(({ policy, extent }) => [policy, extent])).toEqual([
    ['policy 1', 'some'],
    ['policy 2', 'some'],
  ])
  expect(denies.map(({ policy, extent }) => [policy, extent])).toEqual([['boundary', 'some']])
  expect(within?.map(({ extent }) => extent)).toEqual(['all'])
  expect(unread).toEqual(['policy 3'])
})
