import * as identitystore from '@aws-sdk/client-identitystore'
import * as ssoadmin from '@aws-sdk/client-sso-admin'
import { type Definition, operations } from '../../src/aws/operations.ts'

/** Services of which every operation is accounted for, and the clients that know them. */
const clients = { 'sso-admin': ssoadmin, identitystore } as const
type Service = keyof typeof clients

/** Why operations are not used: by name, in groups with one reason. */
const unused: Readonly<Record<Service, readonly (readonly [reason: string, names: string])[]>> = {
  'sso-admin': [
    ['a list tells of all assignments of an application at once', 'DescribeApplicationAssignment'],
    [
      'applications themselves are set up where they are bought or made',
      `CreateApplication DeleteApplication DescribeApplication UpdateApplication DescribeApplicationProvider ListApplicationProviders
       DeleteApplicationAccessScope GetApplicationAccessScope ListApplicationAccessScopes PutApplicationAccessScope
       DeleteApplicationAuthenticationMethod GetApplicationAuthenticationMethod ListApplicationAuthenticationMethods
       PutApplicationAuthenticationMethod DeleteApplicationGrant GetApplicationGrant ListApplicationGrants PutApplicationGrant
       GetApplicationSessionConfiguration PutApplicationSessionConfiguration`,
    ],
    ['a list tells the same of all Regions at once', 'DescribeRegion'],
    ['it makes an instance of one account, which has no permission sets', 'CreateInstance'],
    ['it deletes the access of everybody, which is no part of a plan', 'DeleteInstance'],
  ],
  identitystore: [
    ['a list tells the same of all at once', 'DescribeGroup DescribeGroupMembership'],
    ['a list tells the ids of all at once', 'GetGroupId GetGroupMembershipId GetUserId'],
    ['the groups of a user are listed', 'IsMemberInGroups'],
  ],
}

/** One operation of a service, and what the tool does with it. */
interface Row {
  readonly name: string
  readonly use: 'read' | 'write' | undefined
  /** Why it is not used; undefined where nobody has said so. */
  readonly why?: string
}

/** Every operation that the installed client of a service knows, in the order of the alphabet. */
export function rowsOf(service: Service): readonly Row[] {
  return known(service).map((name) => {
    const why = unused[service].find(([, names]) => names.split(/\s+/).includes(name))?.[0]
    return { name, use: useOf(service, name), ...(why === undefined ? {} : { why }) }
  })
}

/** Names that are said to be unused, and that no client knows. */
export function outdated(service: Service): readonly string[] {
  const all = new Set(known(service))
  return unused[service].flatMap(([, names]) => names.split(/\s+/)).filter((name) => !all.has(name))
}

function known(service: Service): readonly string[] {
  return Object.keys(clients[service])
    .filter((name) => /^[A-Z]\w+Command$/.test(name))
    .map((name) => name.slice(0, -'Command'.length))
    .sort()
}

function useOf(service: Service, name: string): Row['use'] {
  const found = Object.entries<Definition>(operations).find(
    ([key, one]) => one.service === service && (one.action ?? key) === name,
  )
  return found?.[1].access
}

/** The text of docs/operations.md. */
export function operationsReference(): string {
  const tables = (['sso-admin', 'identitystore'] as const).map((service) => {
    const rows = rowsOf(service)
    const used = rows.filter(({ use }) => use !== undefined).length
    const lines = rows.map(({ name, use, why = '' }) => `| \`${name}\` | ${use ? `${use}s` : `no: ${why}`} |`)
    return `## ${service}\n\n${used} of ${rows.length} operations are used.\n\n| operation | used |\n| --- | --- |\n${lines.join('\n')}\n`
  })
  return `<!-- Generated from the clients of the AWS SDK and src/aws/operations.ts; \`npm run docs\` writes it. -->

# Operations of AWS

Every operation that the installed clients of the AWS SDK know of IAM Identity Center and its directory, and whether the tool uses it: to read, or to write with an
apply. What is not used is not managed, and where it decides who has access, \`access\` says that it was not looked at.

${tables.join('\n')}`
}
