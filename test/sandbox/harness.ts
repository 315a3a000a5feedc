import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { IdentitystoreClient } from '@aws-sdk/client-identitystore'
import { OrganizationsClient } from '@aws-sdk/client-organizations'
import { SSOClient } from '@aws-sdk/client-sso'
import { ListInstancesCommand, SSOAdminClient } from '@aws-sdk/client-sso-admin'
import { STSClient } from '@aws-sdk/client-sts'
import { onTestFinished } from 'vitest'
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/server.ts'
import { management, region, seed } from './children/seed.ts'

export { management, region, seed }

/** A temporary folder that goes with the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sandbox-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** Starts a sandbox that ends with the test. */
export async function sandbox(options: Partial<SandboxOptions> = {}): Promise<Sandbox> {
  const stateFile = options.stateFile ?? join(await temporaryFolder(), 'state.json')
  const started = await startSandbox({
    seed,
    now: () => new Date(),
    random: (bytes) => randomBytes(bytes),
    ...options,
    stateFile,
  })
  onTestFinished(() => started.close())
  return started
}

/** Clients of the AWS SDK for JavaScript, set up as a person would: with an endpoint and dummy credentials. */
export function clients(url: string, accessKeyId = 'dummy', inRegion = region) {
  const config = {
    endpoint: url,
    region: inRegion,
    credentials: { accessKeyId, secretAccessKey: 'dummy' },
    maxAttempts: 1,
  }
  return {
    admin: new SSOAdminClient(config),
    directory: new IdentitystoreClient(config),
    organizations: new OrganizationsClient(config),
    sts: new STSClient(config),
    portal: new SSOClient(config),
  }
}

export type Clients = ReturnType<typeof clients>

/** The instance a sandbox was seeded with. */
export async function instanceOf({ admin }: Clients): Promise<{ InstanceArn: string; IdentityStoreId: string }> {
  const [instance] = (await admin.send(new ListInstancesCommand({}))).Instances ?? []
  return { InstanceArn: instance?.InstanceArn ?? '', IdentityStoreId: instance?.IdentityStoreId ?? '' }
}

/** JSON to and from the admin side. */
export async function admin(url: string, method: string, path: string, body?: unknown): Promise<unknown> {
  const init = body === undefined ? { method } : { method, body: JSON.stringify(body) }
  const response = await fetch(`${url}/_sandbox/${path}`, init)
  if (!response.ok) throw new Error(await response.text())
  return response.json()
}

/** An error as the SDK hands it over, as plain data to compare. */
export function thrown(promise: Promise<unknown>): Promise<{ name: string; [member: string]: unknown }> {
  return promise.then(
    () => ({ name: 'nothing was thrown' }),
    (cause: Error) => ({ ...cause, name: cause.name, message: cause.message }),
  )
}
