import { isObject, type Json } from '../../model/json.ts'
import type { Contents } from '../content-types.ts'
import { addContents } from '../contents.ts'
import { asServiceError } from '../dispatch.ts'
import { faultsOf } from '../faults/faults.ts'
import { foundOrganization, openInstance, type SeedAccount, upsertAccounts } from '../seed.ts'
import { invalid } from '../service-error.ts'
import { tablesOf } from '../state/snapshot.ts'
import type { State } from '../state/state.ts'
import { type TableName, type Tables, tableNames } from '../state/tables.ts'
import type { Surroundings } from '../surroundings.ts'
import { json, type Request, type Response } from '../wire/exchange.ts'
import { delegateTo, removeAccounts } from './accounts.ts'
import { sessionCredentials } from './credentials.ts'

type Admin = (body: Json, around: Surroundings) => Json

/** What AWS has no API for, or what only a test wants: by method and path. */
const pages: Readonly<Record<string, Admin>> = {
  'GET /_sandbox/state': (_body, { store }) => exported(store.export()),
  'PUT /_sandbox/state': (body, { store }) => {
    const tables = tablesOf(body)
    if (!tables) throw invalid('The body is not an exported state.')
    store.run((state) => replace(state, tables as Readonly<Record<string, Readonly<Record<string, object>>>>))
    store.forget()
    return {}
  },
  'GET /_sandbox/calls': (_body, { traffic }) => ({
    counts: traffic.log.counts(),
    calls: traffic.log.calls().map((call) => ({ ...call })),
  }),
  'DELETE /_sandbox/calls': (_body, { traffic }) => {
    traffic.log.forget()
    return {}
  },
  'GET /_sandbox/faults': (_body, { traffic }) => traffic.engine.faults as Json,
  'PUT /_sandbox/faults': (body, { traffic }) => {
    traffic.engine.faults = faultsOf(body)
    return traffic.engine.faults as Json
  },
  'DELETE /_sandbox/faults': (_body, { traffic }) => {
    traffic.engine.faults = {}
    return {}
  },
  'POST /_sandbox/enable': (body, { store, now, random }) =>
    store.run((state) => ({ InstanceArn: enable(state, isObject(body) ? body : {}, now(), random) })),
  'POST /_sandbox/accounts': (body, { store, now, random }) => {
    if (!Array.isArray(body)) throw invalid('The body must be a list of accounts.')
    const accounts = body as unknown as readonly SeedAccount[]
    store.run((state) => upsertAccounts(state, accounts, now(), random))
    return {}
  },
  'DELETE /_sandbox/accounts': (body, { store }) => {
    if (!Array.isArray(body)) throw invalid('The body must be a list of account ids.')
    store.run((state) => removeAccounts(state, body))
    return {}
  },
  'POST /_sandbox/delegate': (body, { store, now }) => {
    store.run((state) => delegateTo(state, isObject(body) ? body.account : undefined, now()))
    return {}
  },
  'POST /_sandbox/credentials': (body, { store, now, random }) =>
    store.run((state) => sessionCredentials(state, isObject(body) ? body : {}, now(), random)),
  'POST /_sandbox/contents': (body, { store, now, random, traffic }) => {
    if (!isObject(body)) throw invalid('The body must be an object of users, groups, permissionSets and the like.')
    store.run((state) => addContents(state, body as Contents, now(), random, traffic.engine.choices()))
    return {}
  },
}

/** True for paths of this side of the sandbox. */
export function isAdmin({ path }: Request): boolean {
  return path.startsWith('/_sandbox/')
}

/** Answers a request to the admin side; refusals carry a message. */
export function callAdmin(request: Request, around: Surroundings): Response {
  const page = pages[`${request.method} ${request.path}`]
  if (!page) return json(404, { message: `Known: ${Object.keys(pages).join(', ')}.` })
  try {
    return json(200, page(parse(request.body), around))
  } catch (cause) {
    const { name, message, status } = asServiceError(cause)
    return json(status, { name, message })
  }
}

function exported(tables: object): Json {
  return { format: 1, tables: tables as Json }
}

function replace(state: State, tables: Readonly<Record<string, Readonly<Record<string, object>>>>): void {
  for (const name of tableNames) {
    for (const key of [...state.rows(name).keys()]) state.remove(name, key)
    for (const [key, row] of Object.entries(tables[name] ?? {})) put(state, name, key, row)
  }
}

function put(state: State, name: TableName, key: string, row: object): void {
  // An import is taken at its word: its rows have the form an export gave them.
  state.put(name, key, row as Tables[TableName])
}

/** The click in the console: enables an organization instance, making the organization first if there is none. */
function enable(
  state: State,
  wish: Readonly<Record<string, Json>>,
  now: number,
  random: Surroundings['random'],
): string {
  const home = state.rows('home').get('home')
  if (!home) throw invalid('The state has no home account.')
  const kind = wish.kind === 'account' ? 'account' : 'organization'
  const region = typeof wish.region === 'string' ? wish.region : home.region
  const instances = [...state.rows('instances').values()]
  if (instances.some((one) => one.owner === home.account)) throw invalid('Identity Center is already enabled.')
  if (kind === 'organization' && state.rows('organization').size === 0) {
    foundOrganization(state, home.account, 'ALL', now, random)
  }
  const arn = openInstance(state, { kind, owner: home.account, region }, now, random)
  const made = state.rows('instances').get(arn)
  if (made && wish.permissionSets === false) state.put('instances', arn, { ...made, permissionSetsEnabled: false })
  return arn
}

function parse(body: string): Json {
  try {
    return JSON.parse(body === '' ? '{}' : body)
  } catch {
    throw invalid('The body is not JSON.')
  }
}
