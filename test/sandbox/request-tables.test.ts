import { execFile } from 'node:child_process'
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gunzipSync } from 'node:zlib'
import * as identitystore from '@aws-sdk/client-identitystore'
import * as organizations from '@aws-sdk/client-organizations'
import * as ssoAdmin from '@aws-sdk/client-sso-admin'
import { NormalizedSchema } from '@smithy/core/schema'
import { describe, expect, it } from 'vitest'
import { type Definition, operations } from '../../src/aws/operations.ts'
import { type ServiceName, type ServiceTable, type Shape, tables } from '../../src/sandbox/api/table.ts'
import { temporaryFolder } from './harness.ts'

const services = Object.keys(tables) as ServiceName[]
const sdks: Readonly<Record<ServiceName, Readonly<Record<string, unknown>>>> = {
  'sso-admin': ssoAdmin,
  identitystore,
  organizations,
}

/** Members of a structure, each with what it holds in turn; nothing more of what is no structure. */
interface Form {
  readonly members?: Readonly<Record<string, Form>>
  readonly required?: readonly string[]
  readonly of?: Form
}

describe('the installed SDK for JavaScript', () => {
  it.each(services)(
    'takes the same requests of %s as the tables: members, required ones, all the way down',
    (service) => {
      const table = tables[service]
      const given = Object.keys(table.operations).map((name) => [name, sentBySdk(service, name)])
      const wanted = Object.entries(table.operations).map(([name, { input }]) => [name, formOf(table, input)])
      expect(Object.fromEntries(given)).toEqual(Object.fromEntries(wanted))
    },
  )

  it.each(services)('declares every error of %s that the tables do', (service) => {
    const errors = Object.values(tables[service].operations).flatMap((operation) => operation.errors)
    expect(new Set(errors.filter((name) => !(`${name}$` in sdks[service])))).toEqual(new Set())
  })
})

it('every operation that the tool sends is one that the sandbox knows', () => {
  const others = ['sts', 'iam', 'access-analyzer', 'account-access']
  const sent = Object.entries<Definition>(operations).filter(([, { service }]) => !others.includes(service))
  const unknown = sent.filter(
    ([name, { service, action = name }]) => !tables[service as ServiceName].operations[action],
  )
  expect(unknown.map(([name]) => name)).toEqual([])
  expect(sent.length).toBeGreaterThan(50)
})

function formOf(table: ServiceTable, name: string | undefined): Form {
  const shape: Shape | undefined = table.shapes[name ?? '']
  const inner = shape?.of ?? shape?.value
  if (inner !== undefined) return { of: formOf(table, inner) }
  if (shape?.type !== 'structure') return {}
  const members = Object.entries(shape.members ?? {}).map(([member, one]) => [member, formOf(table, one)])
  return { members: Object.fromEntries(members), required: [...(shape.required ?? [])].sort() }
}

function sentBySdk(service: ServiceName, name: string): Form {
  // An operation's schema ends in its input and its output; both may be behind a function.
  const [, , , , input] = sdks[service][`${name}$`] as readonly unknown[]
  return formOfSchema(NormalizedSchema.of(input as Parameters<typeof NormalizedSchema.of>[0]))
}

function formOfSchema(schema: NormalizedSchema): Form {
  if (schema.isListSchema() || schema.isMapSchema()) return { of: formOfSchema(schema.getValueSchema()) }
  if (!schema.isStructSchema()) return {}
  const members = [...schema.structIterator()].map(([member, one]) => [member, formOfSchema(one)] as const)
  // The required ones come first, and the last part of the schema is their number.
  const count = Number((schema.getSchema() as unknown as readonly unknown[])[6] ?? 0)
  const required = members.slice(0, count).map(([member]) => member)
  return { members: Object.fromEntries(members), required: required.sort() }
}

const run = promisify(execFile)

/** Asks the script whether the tables are what the models give. */
async function check(...args: readonly string[]): Promise<{ readonly status: number; readonly said: string }> {
  const script = join(import.meta.dirname, '../../scripts/request-tables.mjs')
  return run(process.execPath, [script, '--check', ...args]).then(
    ({ stdout }) => ({ status: 0, said: stdout.trim() }),
    ({ code, stdout, stderr }) => ({ status: code, said: `${stdout}${stderr}`.trim() }),
  )
}

const installed = await check()
const noModels = installed.status === 2 ? installed.said : undefined

/** A test that is skipped, and says why, where there are no models to compare with. */
function itNeedsModels(name: string, body: () => Promise<void>) {
  if (noModels !== undefined) process.stderr.write(`skipped: ${name}: ${noModels}\n`)
  it.skipIf(noModels !== undefined)(name, body)
}

describe('the script that makes the tables', () => {
  itNeedsModels('gives the present ones, to the letter', async () => {
    expect(installed).toEqual({ status: 0, said: `the tables are what ${tables['sso-admin'].origin} gives` })
  })

  itNeedsModels('notices a limit that is another one in the model', async () => {
    const folder = await changedModels(tables['sso-admin'].origin.replace('botocore ', ''))
    const { status, said } = await check('--models', folder)
    expect(said).toContain('sso-admin: not what botocore')
    expect(status).toBe(1)
  })

  itNeedsModels('does not blame the tables for the models of another version', async () => {
    const { status, said } = await check('--models', await changedModels('9.9.9'))
    expect(said).toContain('which may well differ from the botocore 9.9.9 here')
    expect(status).toBe(2)
  })

  it('says which model is missing in a folder', async () => {
    const { status, said } = await check('--models', await temporaryFolder())
    expect(said).toContain('holds no model of sso-admin')
    expect(status).toBe(1)
  })
})

/** The installed models as if of that version, not compressed, with a longer description of permission sets. */
async function changedModels(version: string): Promise<string> {
  const where = ['-c', 'import botocore, os; print(os.path.dirname(botocore.__file__))']
  const from = join((await run('python3', where)).stdout.trim(), 'data')
  const folder = join(await temporaryFolder(), 'data')
  for (const service of services) await cp(join(from, service), join(folder, service), { recursive: true })
  await writeFile(join(folder, '../__init__.py'), `__version__ = '${version}'\n`)
  const packed = await readFile(join(folder, 'sso-admin/2020-07-20/service-2.json.gz'))
  const model = JSON.parse(gunzipSync(packed).toString())
  model.shapes.PermissionSetDescription.max += 1
  await mkdir(join(folder, 'sso-admin/2999-01-01'))
  await writeFile(join(folder, 'sso-admin/2999-01-01/service-2.json'), JSON.stringify(model))
  return folder
}
