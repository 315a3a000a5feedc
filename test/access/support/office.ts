import type { JsonObject } from '../../../src/model/json.ts'
import type { Contents } from '../../../src/sandbox/content-types.ts'
import { accessCenter } from './center.ts'

export const management = '111122223333'
export const dev = '444455556666'
export const prod = '555566667777'

/** A policy of statements, in the version that knows variables. */
function policy(...Statement: readonly JsonObject[]): JsonObject {
  return { Version: '2012-10-17', Statement }
}

const managed = (...names: string[]) => names.map((name) => `arn:aws:iam::aws:policy/${name}`)
const deploy = policy({ Sid: 'Buckets', Effect: 'Allow', Action: 's3:*Bucket', Resource: '*' })

/** One permission set for each way in which an answer comes about. */
const contents: Contents = {
  users: ['taro', '山田花子', 'jiro', 'saburo', 'shiro', 'reader', 'gone'].map((userName) => ({ userName })),
  groups: [
    { displayName: '開発', members: ['山田花子'] },
    { displayName: 'empty', members: [] },
  ],
  permissionSets: [
    { name: 'Admin', managedPolicies: managed('AdministratorAccess') },
    {
      name: 'Write',
      inlinePolicy: policy({
        Sid: 'S3Write',
        Effect: 'Allow',
        Action: ['s3:Put*', 's3:Delete*'],
        Resource: ['arn:aws:s3:::logs', 'arn:aws:s3:::logs/*'],
        Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } },
      }),
    },
    {
      name: 'Bounded',
      managedPolicies: managed('AdministratorAccess'),
      permissionsBoundary: { ManagedPolicyArn: managed('AmazonS3ReadOnlyAccess')[0] ?? '' },
    },
    {
      name: 'NoDelete',
      managedPolicies: managed('AdministratorAccess'),
      inlinePolicy: policy({ Sid: 'Never', Effect: 'Deny', Action: 's3:Delete*', Resource: '*' }),
    },
    {
      name: 'Careful',
      managedPolicies: managed('PowerUserAccess'),
      inlinePolicy: policy({ Effect: 'Deny', Action: 's3:DeleteBucket', Resource: 'arn:aws:s3:::prod-*' }),
    },
    { name: 'Deploy', customerManagedPolicies: [{ Name: 'Deploy', Path: '/team/' }] },
    { name: 'Read', managedPolicies: managed('AmazonS3ReadOnlyAccess') },
  ],
  assignments: [
    { permissionSet: 'Admin', account: management, user: 'taro' },
    { permissionSet: 'Write', account: dev, group: '開発' },
    { permissionSet: 'NoDelete', account: prod, user: 'jiro' },
    { permissionSet: 'Careful', account: prod, user: 'jiro' },
    { permissionSet: 'Bounded', account: dev, user: 'saburo' },
    { permissionSet: 'Deploy', account: management, user: 'shiro' },
    { permissionSet: 'Deploy', account: dev, user: 'shiro' },
    { permissionSet: 'Read', account: dev, user: 'reader' },
    { permissionSet: 'Read', account: management, user: 'taro' },
    { permissionSet: 'Admin', account: dev, group: 'empty' },
    { permissionSet: 'Read', account: dev, group: 'empty' },
  ],
}

/** An organization in which every kind of answer occurs, and a desk at it. */
export async function canOffice(more: Contents = {}) {
  const center = await accessCenter({
    accounts: [
      { id: management, name: 'Home', policies: [{ name: 'Deploy', path: '/team/', document: deploy }] },
      { id: dev, name: 'Development', policies: [{ name: 'Deploy', path: '/team/', document: deploy }] },
      { id: prod, name: 'Production' },
    ],
    contents,
    manifest: `accounts: { dev: "${dev}" }\n`,
  })
  if (Object.keys(more).length > 0) await center.admin('POST', 'contents', more)
  return center
}
