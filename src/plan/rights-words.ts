import type { AccessKind, Rights, RiskRights, ServiceRights } from '../model/rights.ts'
import { listed } from '../text/list.ts'

/** How many names a sentence takes: of services, and of actions of one service. */
interface Room {
  readonly services: number
  readonly actions: number
}

const wide: Room = { services: 6, actions: 3 }
const narrow: Room = { services: 2, actions: 0 }

/** What comes or goes, in words that follow "gives" or "takes": "administer s3; read ec2, logs and 3 more services". Pure. */
export function rightsWords(rights: Rights): string {
  return told(rights, wide)
}

/** The same in few words, for a line that has others too; empty where there is nothing to say. Pure. */
export function briefRights(rights: Rights): string {
  return told(rights, narrow)
}

function told({ everything, services, left = [], unknown }: Rights, room: Room): string {
  if (everything) return left.length > 0 ? `everything but ${partsOf(left, room).join('; ')}` : 'everything'
  const text = unknown.length > 0 ? [`what ${listed(unknown)} may allow, whose text is not known`] : []
  return [...partsOf(services, room), ...text].join('; ')
}

function partsOf(services: readonly ServiceRights[], room: Room): readonly string[] {
  const limited = byKind(
    services.filter(({ conditional }) => conditional),
    room,
  )
  const always = byKind(
    services.filter(({ conditional }) => !conditional),
    room,
  )
  return limited.length > 0 ? [...always, `under conditions or on some resources: ${limited.join('; ')}`] : always
}

const kinds: readonly AccessKind[] = ['administer', 'write', 'read']

function byKind(services: readonly ServiceRights[], room: Room): readonly string[] {
  return kinds.flatMap((kind) => {
    const mine = services.filter(({ access }) => access === kind)
    return mine.length === 0 ? [] : [`${kind} ${namesOf(mine, room)}`]
  })
}

/** Services that a reviewer looks for first, before all others by name. */
const foremost = [
  ...[
    'iam',
    'sts',
    'organizations',
    'sso',
    'identitystore',
    'account',
    'kms',
    'secretsmanager',
    'ssm',
    's3',
    'ec2',
    'lambda',
  ],
  ...['rds', 'dynamodb', 'cloudformation', 'cloudtrail', 'config', 'guardduty', 'ecs', 'eks', 'ecr', 'logs', 'route53'],
]

function byWeight(a: ServiceRights, b: ServiceRights): number {
  return weight(a) - weight(b)
}

function weight({ service }: ServiceRights): number {
  const at = foremost.indexOf(service)
  return at < 0 ? foremost.length : at
}

function namesOf(all: readonly ServiceRights[], room: Room): string {
  const services = [...all].sort(byWeight)
  const isCut = services.length > room.services + 1
  const names = services.map((one) => nameOf(one, isCut ? 0 : room.actions))
  return `${listed(names, room.services, room.services + 1)}${isCut ? ' services' : ''}`
}

function nameOf({ service, actions = [], count, of }: ServiceRights, room: number): string {
  return count < of && actions.length > 0 && actions.length <= room ? `${service} (${actions.join(', ')})` : service
}

/** What each way to more rights is called, in words that follow "can". */
const riskWords: Readonly<Record<string, string>> = {
  'pass-role-to-compute': 'run code with the rights of other roles',
  'write-iam-policies': 'change what users, groups and roles of IAM may do',
  'write-iam-roles': 'create roles or change who may assume them',
  'create-credentials': 'create credentials of others',
  'assume-roles': 'assume other roles',
  'change-identity-center': 'change who has access in IAM Identity Center',
  'change-organization': 'change policies and accounts of the organization',
  'read-secrets': 'read secrets and parameters',
  'use-keys': 'decrypt with KMS keys',
  'run-commands': 'run commands on machines of others',
}

/** A way to more rights: "change what users, groups and roles of IAM may do (iam:PutRolePolicy and 8 more)". Pure. */
export function riskSentence({ risk, actions, conditional }: RiskRights): string {
  const under = conditional ? ', under conditions or on some resources' : ''
  return `${riskWords[risk] ?? risk} (${listed(actions, 2, 3)})${under}`
}
