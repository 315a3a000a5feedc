import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { createInterface } from 'node:readline'
import { management } from './center.ts'
import { type Answer, json, type Pass, type Relay, startRelay } from './relay.ts'

const SERVER = `
import os, sys
os.environ['MOTO_ACCOUNT_ID'] = '${management}'
from moto.server import ThreadedMotoServer
server = ThreadedMotoServer(port=0, verbose=False)
server.start()
host, port = server.get_host_and_port()
import boto3
boto3.client('organizations', endpoint_url='http://127.0.0.1:%d' % port, region_name='us-east-1',
    aws_access_key_id='a', aws_secret_access_key='b').create_organization(FeatureSet='ALL')
print(port, flush=True)
sys.stdin.read()
server.stop()
`

const probe = spawnSync('sh', ['-c', 'python3 -c "import moto.server, boto3" && aws --version'])

/** Why moto cannot be used here; undefined when it can. */
export const noMoto: string | undefined =
  probe.status === 0 ? undefined : 'skipped: python3 with moto (server) and boto3, or the AWS CLI, is not installed'

if (noMoto) process.stderr.write(`${noMoto}\n`)

type Body = Readonly<Record<string, unknown>>

/** An independent Identity Center: moto, with a relay that adds what it lacks. */
export interface Moto {
  readonly relay: Relay
  close(): Promise<void>
}

/** Starts moto with an organization, and a relay in front of it that makes up for its missing operations. */
export async function startMoto(): Promise<Moto> {
  const child = spawn('python3', ['-W', 'ignore', '-c', SERVER], { stdio: ['pipe', 'pipe', 'ignore'] })
  const relay = await startRelay(`http://127.0.0.1:${await firstLine(child)}`)
  relay.pass = supplement()
  return {
    relay,
    close: async () => {
      await relay.close()
      child.stdin?.end()
    },
  }
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('moto has no output')
  for await (const line of createInterface(child.stdout)) return line
  throw new Error('moto ended before it listened')
}

interface Tag {
  readonly Key: string
  readonly Value: string
}

/** What moto forgets or never knew, kept beside it. */
interface Memory {
  readonly tags: Map<string, Tag[]>
  readonly boundaries: Map<string, unknown>
  readonly assignments: Map<string, Body>
  /** Accounts that hold an older version, by set. */
  readonly outdated: Set<string>
}

const changesContent =
  /^(UpdatePermissionSet$|(Attach|Detach|Put|Delete)(?!AccountAssignment|PermissionSet$|User|Group).*PermissionSet$)/

/** The operations moto 5 lacks, as AWS answers them: asynchronous ones end at the second look. */
function supplement(): Pass {
  const memory: Memory = { tags: new Map(), boundaries: new Map(), assignments: new Map(), outdated: new Set() }
  const users = new Map<string, Body>()
  const own = operations(memory, users)
  return async ({ operation, body }, forward) => {
    const input = operation.startsWith('GetCaller') ? {} : (JSON.parse(body || '{}') as Body)
    const answer = own[operation] ? await own[operation](input, forward) : await forward()
    if (answer.status === 200) remember(operation, input, answer, memory)
    return answer
  }
}

type Operation = (input: Body, forward: () => Promise<Answer>) => Answer | Promise<Answer>

function operations(memory: Memory, users: Map<string, Body>): Readonly<Record<string, Operation>> {
  const { tags, boundaries } = memory
  const running = new Set<string>()
  const set = (input: Body) => String(input.PermissionSetArn ?? input.ResourceArn)
  const nothing = () => json({})
  const started = (name: string, input: Body) => {
    const RequestId = crypto.randomUUID()
    running.add(RequestId)
    return json({ [name]: { Status: 'IN_PROGRESS', RequestId, ...input } })
  }
  const looked = (name: string, id: string) => (input: Body) => {
    const RequestId = String(input[id])
    const Status = running.delete(RequestId) ? 'IN_PROGRESS' : 'SUCCEEDED'
    return json({ [name]: { Status, RequestId } })
  }
  return {
    DescribeInstance: ({ InstanceArn }) => json({ InstanceArn, Status: 'ACTIVE', OwnerAccountId: management }),

    ListTagsForResource: (input) => json({ Tags: tags.get(set(input)) ?? [] }),
    TagResource: (input) => {
      const added = input.Tags as Tag[]
      const kept = (tags.get(set(input)) ?? []).filter(({ Key }) => !added.some((tag) => tag.Key === Key))
      tags.set(set(input), [...kept, ...added])
      return nothing()
    },
    UntagResource: (input) => {
      const gone = input.TagKeys as string[]
      tags.set(
        set(input),
        (tags.get(set(input)) ?? []).filter(({ Key }) => !gone.includes(Key)),
      )
      return nothing()
    },

    GetPermissionsBoundaryForPermissionSet: (input) =>
      boundaries.has(set(input))
        ? json({ PermissionsBoundary: boundaries.get(set(input)) })
        : json({ __type: 'ResourceNotFoundException', Message: 'There is no permissions boundary.' }, 400),
    PutPermissionsBoundaryToPermissionSet: (input) => {
      boundaries.set(set(input), input.PermissionsBoundary)
      return nothing()
    },
    DeletePermissionsBoundaryFromPermissionSet: (input) => {
      boundaries.delete(set(input))
      return nothing()
    },

    // An assignment provisions its set; moto only knows sets that were provisioned by request, and only in one account.
    ListAccountsForProvisionedPermissionSet: (input) => {
      const rows = [...memory.assignments.values()].filter((row) => row.PermissionSetArn === set(input))
      const accounts = [...new Set(rows.map(({ TargetId }) => String(TargetId)))]
      const isOutdated = (id: string) => memory.outdated.has(`${set(input)} ${id}`)
      const wanted = input.ProvisioningStatus
      return json({
        AccountIds: accounts.filter((id) =>
          wanted === undefined ? true : isOutdated(id) === (wanted === 'LATEST_PERMISSION_SET_NOT_PROVISIONED'),
        ),
      })
    },
    ProvisionPermissionSet: (input) => {
      for (const key of [...memory.outdated]) if (key.startsWith(`${set(input)} `)) memory.outdated.delete(key)
      return started('PermissionSetProvisioningStatus', { PermissionSetArn: set(input) })
    },
    CreateAccountAssignment: async (input, forward) => {
      const answer = await forward()
      return answer.status === 200 ? started('AccountAssignmentCreationStatus', input) : answer
    },
    DeleteAccountAssignment: async (input, forward) => {
      const answer = await forward()
      return answer.status === 200 ? started('AccountAssignmentDeletionStatus', input) : answer
    },
    DescribePermissionSetProvisioningStatus: looked(
      'PermissionSetProvisioningStatus',
      'ProvisionPermissionSetRequestId',
    ),
    DescribeAccountAssignmentCreationStatus: looked(
      'AccountAssignmentCreationStatus',
      'AccountAssignmentCreationRequestId',
    ),
    DescribeAccountAssignmentDeletionStatus: looked(
      'AccountAssignmentDeletionStatus',
      'AccountAssignmentDeletionRequestId',
    ),
    ListPermissionSetProvisioningStatus: () => json({ PermissionSetsProvisioningStatus: [] }),
    ListAccountAssignmentCreationStatus: () => json({ AccountAssignmentsCreationStatus: [] }),
    ListAccountAssignmentDeletionStatus: () => json({ AccountAssignmentsDeletionStatus: [] }),

    // moto cannot change a user, so what is changed lies over its answers.
    UpdateUser: (input) => {
      const rows = input.Operations as { AttributePath: string; AttributeValue?: unknown }[]
      const changes = rows.map(({ AttributePath, AttributeValue = null }) => [AttributePath, AttributeValue])
      users.set(String(input.UserId), { ...users.get(String(input.UserId)), ...Object.fromEntries(changes) })
      return nothing()
    },
    ListUsers: async (_input, forward) => {
      const answer = await forward()
      const { Users = [], ...rest } = JSON.parse(answer.body) as { Users?: Body[] }
      return json({ ...rest, Users: Users.map((user) => updated(user, users.get(String(user.UserId)) ?? {})) })
    },
  }
}

function updated(user: Body, changes: Body): Body {
  const name = { ...(user.Name as Body) }
  const top: Record<string, unknown> = {}
  for (const [path, value] of Object.entries(changes)) {
    const [first = '', second] = path.split('.').map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    if (second) name[second as keyof typeof name] = value as never
    else top[first] = value
  }
  return { ...user, ...top, Name: name }
}

function remember(operation: string, input: Body, answer: Answer, { tags, assignments, outdated }: Memory): void {
  if (operation === 'CreatePermissionSet') {
    const { PermissionSet } = JSON.parse(answer.body) as { PermissionSet: { PermissionSetArn: string } }
    tags.set(PermissionSet.PermissionSetArn, (input.Tags ?? []) as Tag[])
  }
  const key = ['PermissionSetArn', 'PrincipalType', 'PrincipalId', 'TargetId'].map((name) => input[name]).join(' ')
  if (operation === 'CreateAccountAssignment') assignments.set(key, input)
  if (operation === 'DeleteAccountAssignment') assignments.delete(key)
  if (!changesContent.test(operation)) return
  for (const row of assignments.values())
    if (row.PermissionSetArn === input.PermissionSetArn) outdated.add(`${row.PermissionSetArn} ${row.TargetId}`)
}
